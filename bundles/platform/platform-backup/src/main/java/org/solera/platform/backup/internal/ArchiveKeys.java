// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.backup.internal;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator;
import org.bouncycastle.crypto.params.Argon2Parameters;
import org.solera.platform.api.PlatformError;
import org.solera.platform.api.SoleraException;

/**
 * The keys of an archive, made from a passphrase by Argon2id.
 *
 * @param cipher key of AES-256
 * @param check 16 bytes that tell a wrong passphrase from a damaged archive
 */
record ArchiveKeys(byte[] cipher, byte[] check) {
    static final int SALT_BYTES = 16;
    static final int CHECK_BYTES = 16;
    static final int SHORTEST = 12;
    static final int LONGEST = 256;
    private static final int KEY_BYTES = 32;

    /**
     * How hard it is to try a passphrase.
     *
     * @param memoryKiB memory, at most 1 GiB
     * @param passes times over the memory, at most 64
     * @param lanes at most 16
     */
    record Cost(int memoryKiB, int passes, int lanes) {
        /** What new archives take: 64 MiB, below half a second on a small box. */
        static final Cost USUAL = new Cost(64 << 10, 3, 1);

        boolean bearable() {
            return memoryKiB >= 8 * lanes
                    && memoryKiB <= 1 << 20
                    && passes >= 1
                    && passes <= 64
                    && lanes >= 1
                    && lanes <= 16;
        }
    }

    static void checkLength(char[] passphrase) throws SoleraException {
        if (passphrase.length < SHORTEST || passphrase.length > LONGEST) {
            throw new SoleraException(
                    PlatformError.INVALID_REQUEST,
                    "A passphrase has %d to %d characters.".formatted(SHORTEST, LONGEST),
                    "Choose another one.",
                    null);
        }
    }

    static ArchiveKeys derive(char[] passphrase, byte[] salt, Cost cost) {
        ByteBuffer encoded = StandardCharsets.UTF_8.encode(CharBuffer.wrap(passphrase));
        byte[] secret = new byte[encoded.remaining()];
        encoded.get(secret);
        byte[] made = new byte[KEY_BYTES + CHECK_BYTES];
        try {
            Argon2BytesGenerator argon = new Argon2BytesGenerator();
            argon.init(new Argon2Parameters.Builder(Argon2Parameters.ARGON2_id)
                    .withVersion(Argon2Parameters.ARGON2_VERSION_13)
                    .withSalt(salt)
                    .withMemoryAsKB(cost.memoryKiB())
                    .withIterations(cost.passes())
                    .withParallelism(cost.lanes())
                    .build());
            argon.generateBytes(secret, made);
            return new ArchiveKeys(Arrays.copyOf(made, KEY_BYTES), Arrays.copyOfRange(made, KEY_BYTES, made.length));
        } finally {
            Arrays.fill(secret, (byte) 0);
            Arrays.fill(encoded.array(), (byte) 0);
            Arrays.fill(made, (byte) 0);
        }
    }

    boolean checks(byte[] expected) {
        return MessageDigest.isEqual(check, expected);
    }

    void forget() {
        Arrays.fill(cipher, (byte) 0);
    }

    @Override
    public String toString() {
        return "ArchiveKeys";
    }

    @Override
    public boolean equals(Object other) {
        return this == other;
    }

    @Override
    public int hashCode() {
        return System.identityHashCode(this);
    }
}
