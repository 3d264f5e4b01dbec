// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.security.internal;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;

/**
 * A password as it is stored: PBKDF2 with HMAC-SHA-256.
 *
 * @param iterations rounds of the function; 310,000 take about 0.2 s of one core
 * @param salt 16 random bytes in Base64
 * @param hash 32 bytes in Base64
 */
record PasswordHash(int iterations, String salt, String hash) {
    static final String SCHEME = "pbkdf2-sha256";
    static final int ITERATIONS = 310_000;
    private static final int SALT_BYTES = 16;
    private static final int HASH_BITS = 256;

    static PasswordHash of(char[] password, RandomText random) {
        byte[] salt = random.bytes(SALT_BYTES);
        return new PasswordHash(
                ITERATIONS,
                Base64.getEncoder().encodeToString(salt),
                Base64.getEncoder().encodeToString(derive(password, salt, ITERATIONS)));
    }

    /** {@return whether this is the password; takes the same time for any wrong one} */
    boolean matches(char[] password) {
        byte[] expected = Base64.getDecoder().decode(hash);
        return MessageDigest.isEqual(
                expected, derive(password, Base64.getDecoder().decode(salt), iterations));
    }

    private static byte[] derive(char[] password, byte[] salt, int iterations) {
        PBEKeySpec spec = new PBEKeySpec(password, salt, iterations, HASH_BITS);
        try {
            return SecretKeyFactory.getInstance("PBKDF2WithHmacSHA256")
                    .generateSecret(spec)
                    .getEncoded();
        } catch (GeneralSecurityException missing) {
            throw new IllegalStateException("Every Java runtime has PBKDF2WithHmacSHA256.", missing);
        } finally {
            spec.clearPassword();
        }
    }
}
