// SPDX-License-Identifier: Apache-2.0
package org.solera.storage.engine.internal;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/** Entity tags of multipart objects. */
final class Etags {
    private Etags() {}

    /** {@return MD5 of the MD5s of the parts, in hex, with the number of parts behind it} */
    static String ofParts(List<String> partEtags) {
        try {
            MessageDigest md5 = MessageDigest.getInstance("MD5");
            partEtags.forEach(etag -> md5.update(HexFormat.of().parseHex(etag)));
            return HexFormat.of().formatHex(md5.digest()) + "-" + partEtags.size();
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
