// SPDX-License-Identifier: Apache-2.0
package org.solera.storage.s3.internal;

import io.netty.handler.codec.http.HttpHeaders;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.solera.storage.api.ObjectMetadata;
import org.solera.storage.api.StoredObject;

/** Metadata of objects as headers, and back. Stateless. */
final class ObjectHeaders {
    static final DateTimeFormatter HTTP_DATE = DateTimeFormatter.ofPattern("EEE, dd MMM uuuu HH:mm:ss 'GMT'", Locale.US)
            .withZone(ZoneOffset.UTC);

    private static final String USER = "x-amz-meta-";
    private static final int MAX_USER_BYTES = 2048;
    private static final List<String> STANDARD =
            List.of("cache-control", "content-disposition", "content-encoding", "content-language", "expires");

    private ObjectHeaders() {}

    static ObjectMetadata metadata(HttpHeaders headers) throws S3Exception {
        Map<String, String> standard = new HashMap<>();
        for (String name : STANDARD) {
            String value = headers.get(name);
            if (value != null && "content-encoding".equals(name)) {
                value = value.replaceAll("(?i)\\s*aws-chunked\\s*,?", "").strip();
                value = value.endsWith(",")
                        ? value.substring(0, value.length() - 1).strip()
                        : value;
            }
            if (value != null && !value.isEmpty()) {
                standard.put(name, value);
            }
        }
        Map<String, String> user = new HashMap<>();
        int bytes = 0;
        for (Map.Entry<String, String> header : headers) {
            String name = header.getKey().toLowerCase(Locale.ROOT);
            if (name.startsWith(USER)) {
                user.merge(name.substring(USER.length()), header.getValue(), (one, other) -> one + "," + other);
                bytes += name.length() - USER.length() + header.getValue().getBytes(StandardCharsets.UTF_8).length;
            }
        }
        if (bytes > MAX_USER_BYTES) {
            throw new S3Exception(S3Error.METADATA_TOO_LARGE, "Metadata may have 2,048 bytes.");
        }
        String type = headers.get("content-type");
        return new ObjectMetadata(
                type == null || type.isBlank() ? "binary/octet-stream" : type.strip(), standard, user);
    }

    static void put(StoredObject object, HttpHeaders headers) {
        headers.set("ETag", "\"" + object.etag() + "\"");
        headers.set("Last-Modified", HTTP_DATE.format(object.modified()));
        headers.set("Accept-Ranges", "bytes");
        headers.set("Content-Type", object.metadata().contentType());
        object.metadata().headers().forEach(headers::set);
        object.metadata().user().forEach((name, value) -> headers.set(USER + name, value));
    }

    /** {@return the time as HTTP tells it: whole seconds} */
    static Instant seconds(Instant time) {
        return Instant.ofEpochSecond(time.getEpochSecond());
    }
}
