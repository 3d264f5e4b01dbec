// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.security.internal;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;

/**
 * A password as it is stored: PBKDF2 with HMAC-SHA-256. As text {@code pbkdf2-sha256 600000 SALT HASH}.
 *
 * @param iterations rounds of the function; 600,000 take about 0.15 s of one core
 * @param salt 16 random bytes in Base64
 * @param hash 32 bytes in Base64
 */
record PasswordHash(int iterations, String salt, String hash) {
    static final String SCHEME = "pbkdf2-sha256";
    static final int ITERATIONS = 600_000;

    private static final int SALT_BYTES = 16;
    private static final int HASH_BITS = 256;

    static PasswordHash of(char[] password, int iterations, RandomText random) {
        byte[] salt = random.bytes(SALT_BYTES);
        return new PasswordHash(
                iterations,
                Base64.getEncoder().encodeToString(salt),
                Base64.getEncoder().encodeToString(derive(password, salt, iterations)));
    }

    /** {@return one that no password matches, and that takes the time of a check} */
    static PasswordHash ofNobody(int iterations) {
        return new PasswordHash(iterations, Base64.getEncoder().encodeToString(new byte[SALT_BYTES]), "");
    }

    /**
     * Reads the text form.
     *
     * @throws IllegalArgumentException if the text is none
     */
    static PasswordHash parse(String text) {
        String[] fields = text.split(" ", -1);
        if (fields.length != 4 || !fields[0].equals(SCHEME)) {
            throw new IllegalArgumentException("This is no password hash that this version knows.");
        }
        return new PasswordHash(Integer.parseInt(fields[1]), fields[2], fields[3]);
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

    @Override
    public String toString() {
        return String.join(" ", SCHEME, Integer.toString(iterations), salt, hash);
    }
}
