// SPDX-License-Identifier: Apache-2.0
package org.solera.storage.engine.internal;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Reads what is new in the log of one drive, also while its owner writes it. Confined to one thread. */
final class LogTail {
    private final Drive drive;
    private final Map<String, Long> offsets = new HashMap<>();
    private boolean torn;
    private long lastSequence;

    LogTail(Drive drive) {
        this.drive = drive;
    }

    /**
     * Reads the changes that were not read before, in the order of the segments.
     *
     * @throws IOException if a segment went away while it was read, or the drive fails
     */
    List<Change.Sequenced> readNew() throws IOException {
        List<Change.Sequenced> changes = new ArrayList<>();
        torn = false;
        for (String name : drive.io().list(drive.logs())) {
            if (LogWriter.firstSequence(name) >= 0) {
                readSegment(name, changes);
            }
        }
        for (Change.Sequenced change : changes) {
            lastSequence = Math.max(lastSequence, change.sequence());
        }
        return changes;
    }

    /** {@return whether a segment had bytes behind its last whole change when it was last read} */
    boolean torn() {
        return torn;
    }

    /** {@return the greatest sequence read} */
    long lastSequence() {
        return lastSequence;
    }

    private void readSegment(String name, List<Change.Sequenced> changes) throws IOException {
        long offset = offsets.getOrDefault(name, 0L);
        try (DriveIo.Input input = drive.io().open(drive.logs().resolve(name))) {
            long size = input.size();
            if (offset == 0) {
                byte[] header = new byte[LogWriter.HEADER_BYTES];
                if (input.read(0, header, 0, header.length) < header.length || !LogWriter.isHeader(header)) {
                    torn |= size > 0;
                    return;
                }
                offset = LogWriter.HEADER_BYTES;
            }
            if (size > offset) {
                RecordScanner scanner = new RecordScanner(input, offset);
                for (Change.Sequenced next = scanner.next(); next != null; next = scanner.next()) {
                    changes.add(next);
                }
                offset = scanner.position();
                torn |= offset < size;
            }
            offsets.put(name, offset);
        }
    }
}
