// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.security.internal;

import java.security.SecureRandom;

/** Makes secrets that people and programs can type. */
final class RandomText {
    /** Without characters that look alike: 0 and O, 1, I and l. */
    static final String UNAMBIGUOUS = "ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz23456789";

    static final String CAPITALS_AND_DIGITS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";

    static final String LETTERS_AND_DIGITS = CAPITALS_AND_DIGITS + "abcdefghijklmnopqrstuvwxyz";

    private final SecureRandom random = new SecureRandom();

    /** {@return {@code length} characters of the alphabet, each equally likely} */
    String next(String alphabet, int length) {
        StringBuilder text = new StringBuilder(length);
        for (int i = 0; i < length; i++) {
            text.append(alphabet.charAt(random.nextInt(alphabet.length())));
        }
        return text.toString();
    }

    byte[] bytes(int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }
}
