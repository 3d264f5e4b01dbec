// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.backup.internal;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UTFDataFormatException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.solera.platform.api.SoleraException;

/**
 * What stands in the clear at the beginning of an archive. Its digest goes into every chunk, so a change of it is found
 * as a change of the content is. Numbers are big-endian.
 *
 * <pre>
 * archive := header chunk+
 * header  := magic "SOLERABK"  major:u8 (1)  minor:u8 (0)  length:u16  field bytes
 * fields  := kdf:u8 (1 = Argon2id)  memoryKiB:i32  passes:i32  lanes:i32  salt:16  check:16  nonce:7
 *            createdAtMillis:i64  productVersion:text  boxId:text  count:u16  part:text*
 *            (a later minor version adds fields here)
 * text    := length:u16 UTF-8
 * chunk   := AES-256-GCM of 0 to 65,536 bytes, and its tag of 16 bytes; all but the last are full
 *            nonce = nonce:7  counter:u32  last:u8 (1 in the last chunk); associated data = SHA-256 of the header
 * </pre>
 *
 * What the chunks hold is drawn in {@link ArchiveWriter}. A greater major version is refused.
 */
record ArchiveHeader(
        ArchiveKeys.Cost cost,
        byte[] salt,
        byte[] check,
        byte[] nonce,
        Instant createdAt,
        String version,
        String box,
        List<String> parts) {
    static final int NONCE_BYTES = 7;
    private static final byte[] MAGIC = "SOLERABK".getBytes(StandardCharsets.US_ASCII);
    private static final int MAJOR = 1;
    private static final int MINOR = 0;
    private static final int ARGON2ID = 1;
    private static final int MOST_PARTS = 100;

    /** A header as it was read, with the digest that its chunks are bound to. */
    record Read(ArchiveHeader header, byte[] digest) {}

    byte[] bytes() throws IOException {
        ByteArrayOutputStream fields = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(fields);
        out.writeByte(ARGON2ID);
        out.writeInt(cost.memoryKiB());
        out.writeInt(cost.passes());
        out.writeInt(cost.lanes());
        out.write(salt);
        out.write(check);
        out.write(nonce);
        out.writeLong(createdAt.toEpochMilli());
        out.writeUTF(version);
        out.writeUTF(box);
        out.writeShort(parts.size());
        for (String part : parts) {
            out.writeUTF(part);
        }
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        DataOutputStream head = new DataOutputStream(all);
        head.write(MAGIC);
        head.writeByte(MAJOR);
        head.writeByte(MINOR);
        head.writeShort(fields.size());
        fields.writeTo(head);
        return all.toByteArray();
    }

    /** Reads a header and not a byte more. */
    static Read read(InputStream in) throws SoleraException, IOException {
        byte[] start = in.readNBytes(MAGIC.length + 4);
        if (start.length < MAGIC.length + 4 || !Arrays.equals(start, 0, MAGIC.length, MAGIC, 0, MAGIC.length)) {
            throw Refusals.damaged("is none: it does not begin as an archive of this product does", null);
        }
        int major = start[MAGIC.length] & 0xff;
        if (major > MAJOR) {
            throw Refusals.unsupported("The archive has format %d.%d; this version reads up to %d.x."
                    .formatted(major, start[MAGIC.length + 1] & 0xff, MAJOR));
        }
        int length = (start[MAGIC.length + 2] & 0xff) << 8 | start[MAGIC.length + 3] & 0xff;
        byte[] fields = in.readNBytes(length);
        if (fields.length < length) {
            throw Refusals.damaged("ends within its header", null);
        }
        try {
            return new Read(fields(fields), digest(start, fields));
        } catch (EOFException | UTFDataFormatException cut) {
            throw Refusals.damaged("has a damaged header", cut);
        }
    }

    private static ArchiveHeader fields(byte[] fields) throws SoleraException, IOException {
        DataInputStream in = new DataInputStream(new ByteArrayInputStream(fields));
        int kdf = in.readUnsignedByte();
        if (kdf != ARGON2ID) {
            throw Refusals.unsupported("The archive makes its key in the unknown way %d.".formatted(kdf));
        }
        ArchiveKeys.Cost cost = new ArchiveKeys.Cost(in.readInt(), in.readInt(), in.readInt());
        if (!cost.bearable()) {
            throw Refusals.damaged("asks for more memory or time than an archive may", null);
        }
        byte[] salt = exactly(in, ArchiveKeys.SALT_BYTES);
        byte[] check = exactly(in, ArchiveKeys.CHECK_BYTES);
        byte[] nonce = exactly(in, NONCE_BYTES);
        Instant createdAt = Instant.ofEpochMilli(in.readLong());
        String version = in.readUTF();
        String box = in.readUTF();
        int count = in.readUnsignedShort();
        if (count > MOST_PARTS) {
            throw Refusals.damaged("names %d parts".formatted(count), null);
        }
        List<String> parts = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            parts.add(in.readUTF());
        }
        return new ArchiveHeader(cost, salt, check, nonce, createdAt, version, box, List.copyOf(parts));
    }

    private static byte[] exactly(DataInputStream in, int length) throws IOException {
        byte[] bytes = new byte[length];
        in.readFully(bytes);
        return bytes;
    }

    static byte[] digest(byte[]... pieces) {
        MessageDigest digest = sha256();
        for (byte[] piece : pieces) {
            digest.update(piece);
        }
        return digest.digest();
    }

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("Every Java has SHA-256.", impossible);
        }
    }

    @Override
    public String toString() {
        return "ArchiveHeader[%s, %s]".formatted(createdAt, parts);
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
