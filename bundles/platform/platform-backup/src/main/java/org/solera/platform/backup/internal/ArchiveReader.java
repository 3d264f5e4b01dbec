// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.backup.internal;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.InflaterInputStream;
import java.util.zip.ZipException;
import javax.crypto.Cipher;
import org.solera.platform.api.SoleraException;

/** Reads an archive from its beginning to its end and checks all of it. Stateless. */
final class ArchiveReader {
    /** Takes the parts in the order in which they stand in the archive. */
    interface Visitor {
        /** @param content the bytes of the part; what is not read is skipped, and checked nevertheless */
        void part(String id, int order, InputStream content) throws SoleraException, IOException;
    }

    private record Seen(int order, long bytes, byte[] sha256) {
        @Override
        public boolean equals(Object other) {
            return other instanceof Seen seen
                    && order == seen.order
                    && bytes == seen.bytes
                    && MessageDigest.isEqual(sha256, seen.sha256);
        }

        @Override
        public int hashCode() {
            return Long.hashCode(bytes);
        }
    }

    private ArchiveReader() {}

    /**
     * Reads all parts.
     *
     * @param file the archive, not buffered
     * @throws SoleraException if the passphrase is wrong, or the archive was cut or changed; the visitor may have seen
     *     parts by then
     */
    static ArchiveHeader read(InputStream file, char[] passphrase, Visitor visitor)
            throws SoleraException, IOException {
        InputStream in = new BufferedInputStream(file, 1 << 17);
        ArchiveHeader.Read head = ArchiveHeader.read(in);
        ArchiveHeader header = head.header();
        ArchiveKeys keys = ArchiveKeys.derive(passphrase, header.salt(), header.cost());
        try {
            if (!keys.checks(header.check())) {
                throw Refusals.wrongPassphrase();
            }
            SealedInput sealed = new SealedInput(
                    in, new ChunkCipher(Cipher.DECRYPT_MODE, keys.cipher(), header.nonce(), head.digest()));
            try (DataInputStream plain =
                    new DataInputStream(new BufferedInputStream(new InflaterInputStream(sealed)))) {
                content(plain, visitor);
            }
            if (sealed.read() >= 0) {
                throw Refusals.damaged("holds more than it should", null);
            }
            return header;
        } catch (SealedInput.BrokenChunkException changed) {
            throw Refusals.damaged("was changed, or its end is missing", changed);
        } catch (EOFException | ZipException cut) {
            throw Refusals.damaged("ends too early", cut);
        } finally {
            keys.forget();
        }
    }

    private static void content(DataInputStream in, Visitor visitor) throws SoleraException, IOException {
        Map<String, Seen> seen = new LinkedHashMap<>();
        int mark = in.readUnsignedByte();
        while (mark == ArchiveWriter.PART) {
            String id = in.readUTF();
            int order = in.readInt();
            Blocks blocks = new Blocks(in);
            MessageDigest digest = ArchiveHeader.sha256();
            InputStream digesting = new DigestInputStream(blocks, digest);
            visitor.part(id, order, digesting);
            digesting.transferTo(OutputStream.nullOutputStream());
            if (seen.put(id, new Seen(order, blocks.total, digest.digest())) != null) {
                throw Refusals.damaged("holds the part %s twice".formatted(id), null);
            }
            mark = in.readUnsignedByte();
        }
        if (mark != ArchiveWriter.MANIFEST) {
            throw Refusals.damaged("holds something unknown", null);
        }
        Map<String, Seen> listed = new LinkedHashMap<>();
        for (int left = in.readUnsignedShort(); left > 0; left--) {
            String id = in.readUTF();
            int order = in.readInt();
            long bytes = in.readLong();
            byte[] sha256 = new byte[32];
            in.readFully(sha256);
            listed.put(id, new Seen(order, bytes, sha256));
        }
        if (!listed.equals(seen)) {
            throw Refusals.damaged("does not hold what its manifest lists", null);
        }
        if (in.read() >= 0) {
            throw Refusals.damaged("goes on behind its manifest", null);
        }
    }

    /** The bytes of one part. */
    private static final class Blocks extends InputStream {
        private final DataInputStream in;
        private int left;
        private boolean ended;
        private long total;

        Blocks(DataInputStream in) {
            this.in = in;
        }

        private boolean fill() throws IOException {
            if (left == 0 && !ended) {
                left = in.readUnsignedShort();
                ended = left == 0;
            }
            return !ended;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] into, int offset, int length) throws IOException {
            if (length == 0) {
                return 0;
            }
            if (!fill()) {
                return -1;
            }
            int some = Math.min(length, left);
            in.readFully(into, offset, some);
            left -= some;
            total += some;
            return some;
        }
    }
}
