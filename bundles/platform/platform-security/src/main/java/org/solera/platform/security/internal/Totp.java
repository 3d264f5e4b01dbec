// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.security.internal;

import java.nio.ByteBuffer;
import java.util.Locale;

/** Codes that change every 30 s, RFC 6238 over HMAC-SHA-1 with 6 digits, as every authenticator app computes them. */
final class Totp {
    static final int STEP_SECONDS = 30;
    static final int DIGITS = 6;
    static final int SECRET_BYTES = 20;

    private static final String BASE32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    private static final int BITS_OF_CHARACTER = 5;

    private Totp() {}

    /** {@return the code of one time step (RFC 4226, section 5.3)} */
    static String code(byte[] secret, long step, int digits) {
        byte[] mac = Digests.hmac(
                "HmacSHA1",
                secret,
                ByteBuffer.allocate(Long.BYTES).putLong(step).array());
        int offset = mac[mac.length - 1] & 0xf;
        int truncated = ByteBuffer.wrap(mac).getInt(offset) & 0x7fffffff;
        int modulus = 1;
        for (int i = 0; i < digits; i++) {
            modulus *= 10;
        }
        return String.format(Locale.ROOT, "%0" + digits + "d", truncated % modulus);
    }

    /** {@return the secret as authenticator apps take it (RFC 4648, section 6), without padding} */
    static String base32(byte[] bytes) {
        StringBuilder text = new StringBuilder();
        int buffer = 0;
        int bits = 0;
        for (byte each : bytes) {
            buffer = (buffer << Byte.SIZE) | (each & 0xff);
            bits += Byte.SIZE;
            while (bits >= BITS_OF_CHARACTER) {
                bits -= BITS_OF_CHARACTER;
                text.append(BASE32.charAt((buffer >> bits) & 31));
            }
        }
        if (bits > 0) {
            text.append(BASE32.charAt((buffer << (BITS_OF_CHARACTER - bits)) & 31));
        }
        return text.toString();
    }
}
