// SPDX-License-Identifier: Apache-2.0
package org.solera.storage.engine.internal;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import java.util.zip.CRC32C;

/**
 * The catalog as a file, so that opening reads the file and a short log.
 *
 * <pre>
 * "SOLECKPT" | major u16 | minor u16 | 0 u32 | sequence u64                24 bytes
 * change, change, ...                  the members first, see {@link ChangeCodec}
 * 0 u32 | number of changes u64 | CRC32C of the header and the number      16 bytes
 * </pre>
 *
 * <p>It holds every change up to its sequence and perhaps some later ones; the log is replayed over it from there.
 */
final class Checkpoint {
    private static final byte[] MAGIC = "SOLECKPT".getBytes(StandardCharsets.US_ASCII);
    private static final short MAJOR = 1;
    private static final int HEADER_BYTES = 24;
    private static final int TRAILER_BYTES = 16;
    private static final int BUFFER_BYTES = 256 << 10;
    private static final String SUFFIX = ".ckp";

    /** A checkpoint file. */
    record File(Drive drive, String name, long sequence) {}

    private Checkpoint() {}

    /** {@return the checkpoints of a drive, newest first; they are not yet verified} */
    static List<File> list(Drive drive) throws IOException {
        List<File> files = new ArrayList<>();
        for (String name : drive.io().list(drive.checkpoints())) {
            if (name.endsWith(SUFFIX)) {
                files.add(new File(drive, name, Long.parseLong(name, 0, 16, 16)));
            }
        }
        files.sort(Comparator.comparingLong(File::sequence).reversed());
        return files;
    }

    /** {@return the members that a checkpoint names} */
    static Members members(File file) throws IOException {
        try (DriveIo.Input input = open(file)) {
            Change.Sequenced first = new RecordScanner(input, HEADER_BYTES).next();
            if (first != null && first.change() instanceof Change.MembersChanged changed) {
                return changed.members();
            }
            throw new IOException("checkpoint " + file.name() + " is damaged at its beginning");
        }
    }

    /** Reads a checkpoint into an empty catalog. */
    static void read(File file, Catalog catalog) throws IOException {
        try (DriveIo.Input input = open(file)) {
            RecordScanner scanner = new RecordScanner(input, HEADER_BYTES);
            long count = 0;
            for (Change.Sequenced next = scanner.next(); next != null; next = scanner.next()) {
                next.change().applyTo(catalog);
                count++;
            }
            byte[] found = new byte[TRAILER_BYTES];
            int got = input.read(scanner.position(), found, 0, TRAILER_BYTES);
            if (got != TRAILER_BYTES
                    || !ByteBuffer.wrap(found).equals(ByteBuffer.wrap(trailer(header(file.sequence()), count)))) {
                throw new IOException("checkpoint " + file.name() + " is damaged");
            }
        }
        catalog.sequence(file.sequence());
    }

    /**
     * Writes a checkpoint and makes it durable.
     *
     * @param sequence every change up to this one is in the catalog
     * @param stop ends the writing early
     */
    static void write(Drive drive, Catalog catalog, Members members, long sequence, BooleanSupplier stop)
            throws IOException {
        Path temporary = drive.checkpoints().resolve(UUID.randomUUID() + ".tmp");
        byte[] header = header(sequence);
        try (DriveIo.Output output = drive.io().create(temporary)) {
            ByteBuffer buffer = ByteBuffer.allocate(BUFFER_BYTES).put(header);
            long[] count = {1};
            put(output, buffer, ChangeCodec.encode(sequence, new Change.MembersChanged(members)));
            catalog.eachChange(change -> {
                count[0]++;
                if (stop.getAsBoolean()) {
                    throw new UncheckedIOException(new IOException("the checkpoint is not needed any more"));
                }
                try {
                    put(output, buffer, ChangeCodec.encode(sequence, change));
                } catch (IOException failure) {
                    throw new UncheckedIOException(failure);
                }
            });
            put(output, buffer, trailer(header, count[0]));
            output.write(buffer.array(), 0, buffer.position());
            output.force();
        } catch (UncheckedIOException failure) {
            drive.discard(temporary);
            throw failure.getCause();
        } catch (IOException failure) {
            drive.discard(temporary); // a full drive needs the space
            throw failure;
        }
        drive.io().rename(temporary, drive.checkpoints().resolve("%016x%s".formatted(sequence, SUFFIX)));
        drive.io().forceDirectory(drive.checkpoints()); // from here on older segments are not needed
    }

    private static void put(DriveIo.Output output, ByteBuffer buffer, byte[] bytes) throws IOException {
        if (buffer.remaining() < bytes.length) {
            output.write(buffer.array(), 0, buffer.position());
            buffer.clear();
        }
        if (bytes.length > buffer.capacity()) {
            output.write(bytes, 0, bytes.length);
        } else {
            buffer.put(bytes);
        }
    }

    private static DriveIo.Input open(File file) throws IOException {
        DriveIo.Input input = file.drive().io().open(file.drive().checkpoints().resolve(file.name()));
        byte[] header = new byte[HEADER_BYTES];
        if (input.read(0, header, 0, HEADER_BYTES) == HEADER_BYTES
                && ByteBuffer.wrap(header)
                        .slice(0, 10)
                        .equals(ByteBuffer.wrap(header(0)).slice(0, 10))) {
            return input;
        }
        input.close();
        throw new IOException("checkpoint " + file.name() + " is damaged or of another version");
    }

    private static byte[] header(long sequence) {
        ByteBuffer header =
                ByteBuffer.allocate(HEADER_BYTES).put(MAGIC).putShort(MAJOR).putShort((short) 0);
        return header.putInt(0).putLong(sequence).array();
    }

    private static byte[] trailer(byte[] header, long count) {
        ByteBuffer trailer = ByteBuffer.allocate(TRAILER_BYTES).putInt(0).putLong(count);
        CRC32C crc = new CRC32C();
        crc.update(header);
        crc.update(trailer.array(), 4, 8);
        return trailer.putInt((int) crc.getValue()).array();
    }
}
