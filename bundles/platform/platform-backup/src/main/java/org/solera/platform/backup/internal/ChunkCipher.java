// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.backup.internal;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/** Seals and opens the chunks of one archive, in their order. Confined to one thread. */
final class ChunkCipher {
    static final int CHUNK_BYTES = 1 << 16;
    static final int TAG_BYTES = 16;
    private static final int NONCE_BYTES = 12;

    private final int mode;
    private final SecretKeySpec key;
    private final byte[] prefix;
    private final byte[] bound;
    private long counter;

    /**
     * @param mode {@link Cipher#ENCRYPT_MODE} or {@link Cipher#DECRYPT_MODE}
     * @param bound digest of the header
     */
    ChunkCipher(int mode, byte[] key, byte[] prefix, byte[] bound) {
        this.mode = mode;
        this.key = new SecretKeySpec(key, "AES");
        this.prefix = prefix;
        this.bound = bound;
    }

    /** Seals or opens the next chunk. */
    byte[] next(byte[] chunk, int length, boolean last) throws GeneralSecurityException {
        if (counter > 0xffff_ffffL) {
            throw new GeneralSecurityException("An archive has at most 2^32 chunks.");
        }
        if (mode == Cipher.DECRYPT_MODE && length < TAG_BYTES) {
            throw new AEADBadTagException("A chunk has its tag at least.");
        }
        byte[] nonce = ByteBuffer.allocate(NONCE_BYTES)
                .put(prefix)
                .putInt((int) counter)
                .put((byte) (last ? 1 : 0))
                .array();
        counter++;
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(mode, key, new GCMParameterSpec(TAG_BYTES * 8, nonce));
        cipher.updateAAD(bound);
        return cipher.doFinal(chunk, 0, length);
    }
}
