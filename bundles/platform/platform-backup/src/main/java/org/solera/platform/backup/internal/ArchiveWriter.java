// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.backup.internal;

import java.io.Closeable;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import javax.crypto.Cipher;
import org.solera.platform.api.SoleraException;

/**
 * Writes an archive. What the chunks hold, once opened and put together, is packed by zlib:
 *
 * <pre>
 * content  := part* manifest
 * part     := 'P'  id:text  order:i32  (length:u16 (1..32,768) bytes)*  0:u16
 * manifest := 'M'  count:u16  (id:text  order:i32  bytes:i64  sha256:32)*
 * </pre>
 *
 * Product version, box and time stand in the header, which every chunk is bound to. Confined to one thread.
 */
final class ArchiveWriter implements Closeable {
    /** Writes the bytes of one part. */
    interface Content {
        void write(OutputStream out) throws SoleraException, IOException;
    }

    static final int PART = 'P';
    static final int MANIFEST = 'M';
    private static final int BLOCK = 1 << 15;

    private record Written(String id, int order, long bytes, byte[] sha256) {
        @Override
        public boolean equals(Object other) {
            return this == other;
        }

        @Override
        public int hashCode() {
            return System.identityHashCode(this);
        }
    }

    private final SealedOutput sealed;
    private final Deflater deflater = new Deflater(6);
    private final DeflaterOutputStream packed;
    private final DataOutputStream out;
    private final List<Written> written = new ArrayList<>();

    ArchiveWriter(OutputStream to, ArchiveHeader header, ArchiveKeys keys) throws IOException {
        byte[] head = header.bytes();
        to.write(head);
        this.sealed = new SealedOutput(
                to, new ChunkCipher(Cipher.ENCRYPT_MODE, keys.cipher(), header.nonce(), ArchiveHeader.digest(head)));
        this.packed = new DeflaterOutputStream(sealed, deflater, BLOCK);
        this.out = new DataOutputStream(packed);
    }

    /** Writes one part. {@return how many bytes it has} */
    long part(String id, int order, Content content) throws SoleraException, IOException {
        out.writeByte(PART);
        out.writeUTF(id);
        out.writeInt(order);
        Blocks blocks = new Blocks();
        MessageDigest digest = ArchiveHeader.sha256();
        try (DigestOutputStream digesting = new DigestOutputStream(blocks, digest)) {
            content.write(digesting);
        }
        out.writeShort(0);
        written.add(new Written(id, order, blocks.total, digest.digest()));
        return blocks.total;
    }

    /** Writes the manifest and the last chunk: without it the archive counts as cut. */
    void finish() throws IOException {
        out.writeByte(MANIFEST);
        out.writeShort(written.size());
        for (Written each : written) {
            out.writeUTF(each.id());
            out.writeInt(each.order());
            out.writeLong(each.bytes());
            out.write(each.sha256());
        }
        out.flush();
        packed.finish();
        sealed.close();
    }

    /** Frees memory; an archive that was not finished stays cut. */
    @Override
    public void close() {
        deflater.end();
    }

    /** Cuts a part into blocks; closing it writes what is left and nothing below is closed. */
    private final class Blocks extends OutputStream {
        private final byte[] block = new byte[BLOCK];
        private int used;
        private long total;

        @Override
        public void write(int one) throws IOException {
            write(new byte[] {(byte) one}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            int from = offset;
            int left = length;
            while (left > 0) {
                int some = Math.min(left, BLOCK - used);
                System.arraycopy(bytes, from, block, used, some);
                used += some;
                from += some;
                left -= some;
                if (used == BLOCK) {
                    spill();
                }
            }
        }

        private void spill() throws IOException {
            if (used > 0) {
                out.writeShort(used);
                out.write(block, 0, used);
                total += used;
                used = 0;
            }
        }

        @Override
        public void close() throws IOException {
            spill();
        }
    }
}
