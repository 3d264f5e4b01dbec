// SPDX-License-Identifier: Apache-2.0
package org.solera.storage.engine.internal;

import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The logs of all drives. Guarded by the commit lock. */
final class Journal {
    private static final Logger log = LoggerFactory.getLogger(Journal.class);

    private final DriveSet drives;
    private final FanOut fanOut;
    private final long epoch;
    private final Map<Drive, LogWriter> writers = new HashMap<>();
    private long bytes;
    private boolean full;

    Journal(DriveSet drives, FanOut fanOut, long epoch) {
        this.drives = drives;
        this.fanOut = fanOut;
        this.epoch = epoch;
    }

    /**
     * Appends changes on every drive at one time and makes them durable. A drive that fails is offline afterwards; one
     * that is full stays, for what it lacks is on the others and it can still be read.
     *
     * @return the number of members on which they are durable
     */
    int append(byte[] changes, long firstSequence) {
        List<Drive> targets = drives.readable();
        targets.forEach(drive -> writers.computeIfAbsent(drive, fresh -> new LogWriter(fresh, epoch)));
        Map<Drive, IOException> failures = fanOut.run(targets, drive -> write(drive, changes, firstSequence));
        full = false;
        failures.forEach((drive, cause) -> {
            if (DriveSet.isFull(cause)) {
                full = true;
                drives.refusedForSpace();
                log.warn("Drive {} at {} has no space left for its log", drive, drive.root());
            } else {
                drives.offline(drive, cause);
            }
            roll(drive);
        });
        bytes += changes.length;
        return (int) targets.stream()
                .filter(drive -> drive.online() && !failures.containsKey(drive))
                .count();
    }

    /** {@return whether a drive had no space for what was appended last} */
    boolean full() {
        return full;
    }

    /** Appends changes that one drive lost. */
    void append(Drive drive, byte[] changes, long firstSequence) throws IOException {
        LogWriter writer = writers.get(drive);
        if (writer == null) {
            writer = new LogWriter(drive, epoch);
            writers.put(drive, writer);
        }
        writer.append(changes, firstSequence);
    }

    private void write(Drive drive, byte[] changes, long firstSequence) throws IOException {
        LogWriter writer = writers.get(drive); // many threads read the map here, none changes it
        if (writer == null) {
            throw new IOException("the log of drive " + drive + " is not open");
        }
        writer.append(changes, firstSequence);
    }

    /** {@return bytes appended since the last call of {@link #roll()}} */
    long bytes() {
        return bytes;
    }

    /** Ends the segments of all drives. */
    void roll() {
        bytes = 0;
        List.copyOf(writers.keySet()).forEach(this::roll);
    }

    private void roll(Drive drive) {
        LogWriter writer = writers.remove(drive);
        try {
            if (writer != null) {
                writer.roll();
            }
        } catch (IOException failure) {
            log.debug("Closing a segment on {}: {}", drive, failure.toString());
        }
    }
}
