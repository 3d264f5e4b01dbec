// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.backup.internal;

import java.io.IOException;
import java.io.InputStream;
import java.security.GeneralSecurityException;

/**
 * Opens chunks. What is read was proved to be unchanged; an archive that was cut is told from one that ends, because only
 * the last chunk opens as the last one. Confined to one thread.
 */
final class SealedInput extends InputStream {
    /** A chunk was changed, moved or is missing. */
    static final class BrokenChunkException extends IOException {
        private static final long serialVersionUID = 1;

        BrokenChunkException(String message, Throwable cause) {
            super(message, cause);
        }
    }

    private final InputStream in;
    private final ChunkCipher cipher;
    private byte[] next;
    private byte[] plain = new byte[0];
    private int at;
    private boolean ended;

    SealedInput(InputStream in, ChunkCipher cipher) throws IOException {
        this.in = in;
        this.cipher = cipher;
        this.next = chunk();
    }

    private byte[] chunk() throws IOException {
        return in.readNBytes(ChunkCipher.CHUNK_BYTES + ChunkCipher.TAG_BYTES);
    }

    private boolean fill() throws IOException {
        while (at == plain.length) {
            if (ended) {
                return false;
            }
            byte[] sealed = next;
            next = chunk();
            ended = next.length == 0;
            try {
                plain = cipher.next(sealed, sealed.length, ended);
            } catch (GeneralSecurityException changed) {
                throw new BrokenChunkException("A chunk was changed, or the end is missing.", changed);
            }
            at = 0;
        }
        return true;
    }

    @Override
    public int read() throws IOException {
        return fill() ? plain[at++] & 0xff : -1;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        if (!fill()) {
            return -1;
        }
        int some = Math.min(length, plain.length - at);
        System.arraycopy(plain, at, into, offset, some);
        at += some;
        return some;
    }
}
