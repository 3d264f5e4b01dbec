// SPDX-License-Identifier: Apache-2.0
package org.solera.storage.engine.internal;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads one body from whichever copy is undamaged, block by block. Confined to one thread. */
final class BodyReader implements AutoCloseable {
    /** Told of every copy that is missing or damaged, so that it can be healed. Thread-safe. */
    @FunctionalInterface
    interface DamageListener {
        void damaged(Drive drive, BodyRef body);
    }

    private static final Logger log = LoggerFactory.getLogger(BodyReader.class);

    private final BodyRef body;
    private final DriveSet drives;
    private final DamageListener damage;
    private final List<Copy> copies = new ArrayList<>(); // best first

    private record Copy(Drive drive, DriveIo.Input input) {}

    /**
     * Opens every copy, so that a copy which is unlinked later can still be read.
     *
     * @throws IOException if there is no copy
     */
    BodyReader(BodyRef body, DriveSet drives, DamageListener damage) throws IOException {
        this.body = body;
        this.drives = drives;
        this.damage = damage;
        List<Drive> missing = new ArrayList<>();
        for (Drive drive : drives.forReading()) {
            try {
                copies.add(new Copy(drive, drive.io().open(drive.body(body.id()))));
            } catch (FileNotFoundException absent) {
                missing.add(drive);
            } catch (IOException failure) {
                drives.suspect(drive, failure);
            }
            if (copies.size() == DriveSet.COPIES) {
                break;
            }
        }
        int lacking = Math.min(DriveSet.COPIES - copies.size(), missing.size());
        if (!copies.isEmpty()) {
            missing.subList(0, lacking).forEach(drive -> report(drive, "is missing"));
        }
        if (copies.isEmpty()) {
            throw new IOException("no drive holds body " + body.id());
        }
    }

    /**
     * Reads and verifies a run of blocks.
     *
     * @param first number of the first block
     * @param count number of blocks, within the body
     * @param raw takes the blocks with their checksums; content of block i begins at i times the stride
     * @throws IOException if a block is damaged in every copy
     */
    void read(long first, int count, byte[] raw) throws IOException {
        for (Copy copy : List.copyOf(copies)) {
            if (readFrom(copy, first, count, raw)) {
                return;
            }
        }
        if (count == 1) {
            throw new IOException("block " + first + " of body " + body.id() + " is damaged in every copy");
        }
        byte[] single = new byte[BodyFormat.STRIDE_BYTES];
        for (int i = 0; i < count; i++) { // copies may be damaged in different blocks
            read(first + i, 1, single);
            System.arraycopy(single, 0, raw, i * BodyFormat.STRIDE_BYTES, contentLength(first + i));
        }
    }

    int contentLength(long block) {
        return (int) Math.min(BodyFormat.BLOCK_BYTES, body.sizeBytes() - block * BodyFormat.BLOCK_BYTES);
    }

    private boolean readFrom(Copy copy, long first, int count, byte[] raw) {
        int wanted = (count - 1) * BodyFormat.STRIDE_BYTES + contentLength(first + count - 1) + BodyFormat.CRC_BYTES;
        try {
            if (copy.input().read(BodyFormat.blockOffset(first), raw, 0, wanted) != wanted) {
                return report(copy.drive(), "is cut short");
            }
        } catch (IOException failure) {
            drives.suspect(copy.drive(), failure);
            return false;
        }
        for (int i = 0; i < count; i++) {
            int at = i * BodyFormat.STRIDE_BYTES;
            int length = contentLength(first + i);
            if (BodyFormat.checksum(body.id(), first + i, raw, at, length) != BodyFormat.getInt(raw, at + length)) {
                return report(copy.drive(), "is damaged in block " + (first + i));
            }
        }
        return true;
    }

    private boolean report(Drive drive, String what) {
        log.warn("The copy of body {} on drive {} {}; the other copy is read", body.id(), drive, what);
        damage.damaged(drive, body);
        return false;
    }

    @Override
    public void close() {
        for (Copy copy : copies) {
            try {
                copy.input().close();
            } catch (IOException failure) {
                log.debug("Closing body {} on {}: {}", body.id(), copy.drive(), failure.toString());
            }
        }
    }
}
