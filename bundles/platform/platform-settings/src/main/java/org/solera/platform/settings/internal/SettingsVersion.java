// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.settings.internal;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.SortedMap;

/** Names a state of stored properties by a digest of them. Stateless. */
final class SettingsVersion {
    private static final int BYTES = 10;

    private SettingsVersion() {}

    /** {@return 20 hexadecimal digits} */
    static String of(SortedMap<String, Object> stored) {
        MessageDigest digest = sha256();
        stored.forEach((key, value) -> {
            text(digest, key);
            if (value instanceof Object[] several) {
                text(digest, "[" + several.length);
                Arrays.stream(several).forEach(each -> text(digest, String.valueOf(each)));
            } else {
                text(digest, String.valueOf(value));
            }
        });
        return HexFormat.of().formatHex(digest.digest(), 0, BYTES);
    }

    private static void text(MessageDigest digest, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        digest.update((bytes.length + ":").getBytes(StandardCharsets.US_ASCII));
        digest.update(bytes);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("Every Java has SHA-256.", impossible);
        }
    }
}
