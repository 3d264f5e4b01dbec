// SPDX-License-Identifier: Apache-2.0
package org.solera.itests;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.time.Instant;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Makes codes of a second factor as the telephone of a person does (RFC 6238). */
final class Codes {
    private static final String BASE32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    private static final int STEP_SECONDS = 30;

    private Codes() {}

    /** {@return the code of this moment for an address of the form {@code otpauth://totp/…?secret=…}} */
    static String now(String uri) throws GeneralSecurityException {
        String secret = uri.replaceAll(".*[?&]secret=([A-Z2-7]+).*", "$1");
        ByteBuffer key = ByteBuffer.allocate(secret.length() * 5 / 8);
        long bits = 0;
        int count = 0;
        for (char c : secret.toCharArray()) {
            bits = bits << 5 | BASE32.indexOf(c);
            count += 5;
            if (count >= 8) {
                count -= 8;
                key.put((byte) (bits >> count));
            }
        }
        Mac mac = Mac.getInstance("HmacSHA1");
        mac.init(new SecretKeySpec(key.array(), "HmacSHA1"));
        long step = Instant.now().getEpochSecond() / STEP_SECONDS;
        byte[] hash = mac.doFinal(ByteBuffer.allocate(8).putLong(step).array());
        int number = ByteBuffer.wrap(hash, hash[19] & 15, 4).getInt() & Integer.MAX_VALUE;
        return "%06d".formatted(number % 1_000_000);
    }
}
