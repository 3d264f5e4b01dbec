// SPDX-License-Identifier: Apache-2.0
package org.solera.storage.engine.internal;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;
import org.solera.storage.api.Bucket;
import org.solera.storage.api.BucketName;
import org.solera.storage.api.MultipartUpload;
import org.solera.storage.api.ObjectKey;
import org.solera.storage.api.ObjectMetadata;
import org.solera.storage.api.Part;
import org.solera.storage.api.StoredObject;

/**
 * Changes as bytes, for the log and for checkpoints.
 *
 * <pre>
 * +--------+--------+----------+------+--------------------+
 * | length | CRC32C | sequence | type | fields of the type |     length and CRC32C of what follows them
 * |   u32  |   u32  |    u64   |  u8  |                    |
 * +--------+--------+----------+------+--------------------+
 * </pre>
 *
 * <p>Texts are UTF-8 behind a u32 length, instants are u64 milliseconds since 1970 UTC, lists have a u32 count in front.
 */
final class ChangeCodec {
    /** Length and checksum in front of each record, in bytes. */
    static final int FRAME_BYTES = 8;
    /** Longest record: an object of 10,000 parts needs 240 KB, its key and metadata less than 64 KB. */
    static final int MAX_RECORD_BYTES = 4 << 20;

    private static final int BUCKET_CREATED = 1;
    private static final int BUCKET_DELETED = 2;
    private static final int OBJECT_PUT = 3;
    private static final int OBJECT_DELETED = 4;
    private static final int UPLOAD_BEGUN = 5;
    private static final int PART_PUT = 6;
    private static final int UPLOAD_ABORTED = 7;
    private static final int MEMBERS_CHANGED = 8;
    private static final int VOIDED = 9;

    private ChangeCodec() {}

    static byte[] encode(long sequence, Change change) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(512);
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeLong(0); // frame, filled below
            out.writeLong(sequence);
            writeFields(out, change);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        byte[] record = bytes.toByteArray();
        CRC32C crc = new CRC32C();
        crc.update(record, FRAME_BYTES, record.length - FRAME_BYTES);
        BodyFormat.putInt(record, 0, record.length - FRAME_BYTES);
        BodyFormat.putInt(record, 4, (int) crc.getValue());
        return record;
    }

    /** {@return the change that begins at the offset, with {@code null} for one that is not whole or is damaged} */
    static Change.@Nullable Sequenced decode(byte[] bytes, int offset, int limit) {
        int length = lengthAt(bytes, offset, limit);
        if (length < 0 || limit - offset - FRAME_BYTES < length) {
            return null;
        }
        CRC32C crc = new CRC32C();
        crc.update(bytes, offset + FRAME_BYTES, length);
        if ((int) crc.getValue() != BodyFormat.getInt(bytes, offset + 4)) {
            return null;
        }
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes, offset + FRAME_BYTES, length))) {
            long sequence = in.readLong();
            return new Change.Sequenced(sequence, readFields(in));
        } catch (IOException | IllegalArgumentException broken) {
            return null;
        }
    }

    /** {@return the length of the record behind its frame, or -1 if no record can begin here} */
    static int lengthAt(byte[] bytes, int offset, int limit) {
        if (limit - offset < FRAME_BYTES) {
            return -1;
        }
        int length = BodyFormat.getInt(bytes, offset);
        return length < 9 || length > MAX_RECORD_BYTES ? -1 : length;
    }

    private static void writeFields(DataOutputStream out, Change change) throws IOException {
        if (change instanceof Change.ObjectPut put) {
            out.writeByte(OBJECT_PUT);
            writeText(out, put.uploadId());
            writeObject(out, put.entry());
        } else if (change instanceof Change.ObjectDeleted deleted) {
            out.writeByte(OBJECT_DELETED);
            writeKey(out, deleted.key());
        } else if (change instanceof Change.PartPut put) {
            out.writeByte(PART_PUT);
            writeText(out, put.uploadId());
            out.writeInt(put.entry().part().number());
            writeText(out, put.entry().part().etag());
            out.writeLong(put.entry().part().stored().toEpochMilli());
            writeBody(out, put.entry().body());
        } else if (change instanceof Change.UploadBegun begun) {
            out.writeByte(UPLOAD_BEGUN);
            writeText(out, begun.upload().id());
            writeKey(out, begun.upload().key());
            out.writeLong(begun.upload().started().toEpochMilli());
            writeMetadata(out, begun.upload().metadata());
        } else if (change instanceof Change.UploadAborted aborted) {
            out.writeByte(UPLOAD_ABORTED);
            writeText(out, aborted.uploadId());
        } else if (change instanceof Change.BucketCreated created) {
            out.writeByte(BUCKET_CREATED);
            writeText(out, created.bucket().name().value());
            out.writeLong(created.bucket().created().toEpochMilli());
            writeText(out, created.bucket().owner());
        } else if (change instanceof Change.BucketDeleted deleted) {
            out.writeByte(BUCKET_DELETED);
            writeText(out, deleted.name().value());
        } else if (change instanceof Change.MembersChanged changed) {
            out.writeByte(MEMBERS_CHANGED);
            writeMembers(out, changed.members());
        } else if (change instanceof Change.Voided voided) {
            out.writeByte(VOIDED);
            out.writeLong(voided.firstSequence());
            out.writeLong(voided.lastSequence());
        }
    }

    private static Change readFields(DataInputStream in) throws IOException {
        int type = in.readUnsignedByte();
        return switch (type) {
            case OBJECT_PUT -> {
                String uploadId = readText(in);
                yield new Change.ObjectPut(readObject(in), uploadId);
            }
            case OBJECT_DELETED -> new Change.ObjectDeleted(readKey(in));
            case PART_PUT -> readPart(in);
            case UPLOAD_BEGUN ->
                new Change.UploadBegun(
                        new MultipartUpload(readText(in), readKey(in), readInstant(in), readMetadata(in)));
            case UPLOAD_ABORTED -> new Change.UploadAborted(readText(in));
            case BUCKET_CREATED ->
                new Change.BucketCreated(new Bucket(new BucketName(readText(in)), readInstant(in), readText(in)));
            case BUCKET_DELETED -> new Change.BucketDeleted(new BucketName(readText(in)));
            case MEMBERS_CHANGED -> new Change.MembersChanged(readMembers(in));
            case VOIDED -> new Change.Voided(in.readLong(), in.readLong());
            default -> throw new IOException("change of unknown type " + type);
        };
    }

    private static void writeObject(DataOutputStream out, ObjectEntry entry) throws IOException {
        StoredObject object = entry.object();
        writeKey(out, object.key());
        out.writeLong(object.sizeBytes());
        writeText(out, object.etag());
        out.writeLong(object.modified().toEpochMilli());
        writeMetadata(out, object.metadata());
        out.writeInt(entry.bodies().size());
        for (BodyRef body : entry.bodies()) {
            writeBody(out, body);
        }
    }

    private static ObjectEntry readObject(DataInputStream in) throws IOException {
        StoredObject object =
                new StoredObject(readKey(in), in.readLong(), readText(in), readInstant(in), readMetadata(in));
        int count = readCount(in);
        List<BodyRef> bodies = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            bodies.add(readBody(in));
        }
        return new ObjectEntry(object, bodies);
    }

    private static Change readPart(DataInputStream in) throws IOException {
        String uploadId = readText(in);
        int number = in.readInt();
        String etag = readText(in);
        Instant stored = readInstant(in);
        BodyRef body = readBody(in);
        return new Change.PartPut(uploadId, new PartEntry(new Part(number, body.sizeBytes(), etag, stored), body));
    }

    private static void writeBody(DataOutputStream out, BodyRef body) throws IOException {
        out.writeLong(body.id().high());
        out.writeLong(body.id().low());
        out.writeLong(body.sizeBytes());
    }

    private static BodyRef readBody(DataInputStream in) throws IOException {
        return new BodyRef(new BodyId(in.readLong(), in.readLong()), in.readLong());
    }

    private static void writeKey(DataOutputStream out, ObjectKey key) throws IOException {
        writeText(out, key.bucket().value());
        writeText(out, key.key());
    }

    private static ObjectKey readKey(DataInputStream in) throws IOException {
        return new ObjectKey(new BucketName(readText(in)), readText(in));
    }

    private static void writeMetadata(DataOutputStream out, ObjectMetadata metadata) throws IOException {
        writeText(out, metadata.contentType());
        writeMap(out, metadata.headers());
        writeMap(out, metadata.user());
    }

    private static ObjectMetadata readMetadata(DataInputStream in) throws IOException {
        return new ObjectMetadata(readText(in), readMap(in), readMap(in));
    }

    private static void writeMap(DataOutputStream out, Map<String, String> map) throws IOException {
        out.writeInt(map.size());
        for (Map.Entry<String, String> entry : map.entrySet()) {
            writeText(out, entry.getKey());
            writeText(out, entry.getValue());
        }
    }

    private static Map<String, String> readMap(DataInputStream in) throws IOException {
        int count = readCount(in);
        Map<String, String> map = new LinkedHashMap<>();
        for (int i = 0; i < count; i++) {
            map.put(readText(in), readText(in));
        }
        return map;
    }

    private static void writeMembers(DataOutputStream out, Members members) throws IOException {
        out.writeByte(members.required());
        out.writeInt(members.drives().size());
        for (UUID drive : members.drives()) {
            out.writeLong(drive.getMostSignificantBits());
            out.writeLong(drive.getLeastSignificantBits());
        }
    }

    private static Members readMembers(DataInputStream in) throws IOException {
        int required = in.readUnsignedByte();
        int count = readCount(in);
        List<UUID> drives = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            drives.add(new UUID(in.readLong(), in.readLong()));
        }
        return new Members(drives, required);
    }

    private static Instant readInstant(DataInputStream in) throws IOException {
        return Instant.ofEpochMilli(in.readLong());
    }

    private static int readCount(DataInputStream in) throws IOException {
        int count = in.readInt();
        if (count < 0 || count > 100_000) {
            throw new IOException("count " + count + " out of range");
        }
        return count;
    }

    private static void writeText(DataOutputStream out, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        out.writeInt(bytes.length);
        out.write(bytes);
    }

    private static String readText(DataInputStream in) throws IOException {
        int length = in.readInt();
        if (length < 0 || length > in.available()) {
            throw new IOException("text of " + length + " bytes out of range");
        }
        return new String(in.readNBytes(length), StandardCharsets.UTF_8);
    }
}
