// SPDX-License-Identifier: Apache-2.0
package org.solera.storage.s3.internal;

/** How keys stand in a listing: as they are, or percent coded when the client asked for it. */
enum KeyCoding {
    PLAIN,
    URL;

    static KeyCoding of(S3Call call) throws S3Exception {
        String asked = call.target().get("encoding-type");
        return switch (asked) {
            case "" -> PLAIN;
            case "url" -> URL;
            default -> throw new S3Exception(S3Error.INVALID_ARGUMENT, "encoding-type must be url.");
        };
    }

    String code(String key) {
        return this == URL ? UriCodec.encode(key, true) : key;
    }

    void write(Xml xml) {
        if (this == URL) {
            xml.text("EncodingType", "url");
        }
    }
}
