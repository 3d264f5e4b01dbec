// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.backup.internal;

import java.io.IOException;
import java.io.OutputStream;
import java.security.GeneralSecurityException;

/** Cuts what is written into chunks and seals them. {@link #close} writes the last one; confined to one thread. */
final class SealedOutput extends OutputStream {
    private final OutputStream out;
    private final ChunkCipher cipher;
    private final byte[] chunk = new byte[ChunkCipher.CHUNK_BYTES];
    private int used;
    private boolean closed;

    SealedOutput(OutputStream out, ChunkCipher cipher) {
        this.out = out;
        this.cipher = cipher;
    }

    @Override
    public void write(int one) throws IOException {
        write(new byte[] {(byte) one}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        int from = offset;
        int left = length;
        while (left > 0) {
            if (used == chunk.length) {
                seal(false); // only now is it known that this one is not the last
            }
            int some = Math.min(left, chunk.length - used);
            System.arraycopy(bytes, from, chunk, used, some);
            used += some;
            from += some;
            left -= some;
        }
    }

    private void seal(boolean last) throws IOException {
        try {
            out.write(cipher.next(chunk, used, last));
            used = 0;
        } catch (GeneralSecurityException impossible) {
            throw new IOException("The archive cannot be encrypted.", impossible);
        }
    }

    /** Writes the last chunk; the stream below stays open. */
    @Override
    public void close() throws IOException {
        if (!closed) {
            closed = true;
            seal(true);
            out.flush();
        }
    }
}
