// SPDX-License-Identifier: Apache-2.0
package org.solera.storage.engine.internal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Appends changes to the log of one drive. A log is a row of segments; a new owner begins a new one and so never writes
 * behind a torn tail.
 *
 * <pre>
 * segment:  "SOLERALG" | major u16 | minor u16 | 0 u32 | first sequence u64 | epoch u64     32 bytes
 *           change, change, ...                                                             see {@link ChangeCodec}
 * </pre>
 *
 * <p>What follows the last whole change of a segment does not count. <b>Thread-safety:</b> guarded by the commit lock.
 */
final class LogWriter {
    static final int HEADER_BYTES = 32;
    static final String SUFFIX = ".log";
    private static final byte[] MAGIC = "SOLERALG".getBytes(StandardCharsets.US_ASCII);
    private static final short MAJOR = 1;

    private final Drive drive;
    private final long epoch;
    private DriveIo.@Nullable Output segment;

    LogWriter(Drive drive, long epoch) {
        this.drive = drive;
        this.epoch = epoch;
    }

    /** Appends whole changes and makes them durable, on a full drive with the space that was set aside for it. */
    void append(byte[] changes, long firstSequence) throws IOException {
        try {
            write(changes, firstSequence);
        } catch (IOException failure) {
            if (!DriveSet.isFull(failure) || !drive.dropBallast()) {
                throw failure;
            }
            roll(); // nothing is read behind a torn tail
            write(changes, firstSequence);
        }
    }

    private void write(byte[] changes, long firstSequence) throws IOException {
        DriveIo.Output current = segment;
        if (current == null) {
            current = begin(firstSequence);
        }
        current.write(changes, 0, changes.length);
        current.force();
    }

    /** Ends the segment; the next change begins another. */
    void roll() throws IOException {
        DriveIo.Output current = segment;
        segment = null;
        if (current != null) {
            current.close();
        }
    }

    /** {@return the sequence with which a segment of this name begins, or -1 if it is no segment} */
    static long firstSequence(String name) {
        return name.endsWith(SUFFIX) && name.length() > 16 ? parse(name) : -1;
    }

    /** {@return whether these are the first bytes of a segment in a version that can be read} */
    static boolean isHeader(byte[] header) {
        ByteBuffer fields = ByteBuffer.wrap(header);
        return fields.slice(0, MAGIC.length).equals(ByteBuffer.wrap(MAGIC)) && fields.getShort(8) == MAJOR;
    }

    private DriveIo.Output begin(long firstSequence) throws IOException {
        String name = "%016x-%08x%s".formatted(firstSequence, UUID.randomUUID().hashCode(), SUFFIX);
        Path file = drive.logs().resolve(name);
        DriveIo.Output created = drive.io().create(file);
        segment = created;
        ByteBuffer header =
                ByteBuffer.allocate(HEADER_BYTES).put(MAGIC).putShort(MAJOR).putShort((short) 0);
        header.putInt(0).putLong(firstSequence).putLong(epoch);
        boolean begun = false;
        try {
            created.write(header.array(), 0, HEADER_BYTES);
            drive.io().forceDirectory(drive.logs());
            begun = true;
        } finally {
            if (!begun) { // else each try on a full drive would leave a file
                roll();
                drive.discard(file);
            }
        }
        return created;
    }

    private static long parse(String name) {
        try {
            return Long.parseLong(name, 0, 16, 16);
        } catch (NumberFormatException other) {
            return -1;
        }
    }
}
