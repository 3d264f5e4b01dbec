// SPDX-License-Identifier: Apache-2.0
package org.solera.storage.engine.internal;

import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes checkpoints, removes the logs they replace, and admits drives. Confined to the background thread. */
final class Compactor {
    private static final Logger log = LoggerFactory.getLogger(Compactor.class);

    private final Catalog catalog;
    private final DriveSet drives;
    private final Journal journal;
    private final Committer committer;
    private final FanOut fanOut;

    private static final class Start {
        private long sequence;
        private Members members = Members.NONE;
        private final Map<Drive, List<String>> segments = new HashMap<>();
    }

    Compactor(Catalog catalog, DriveSet drives, Journal journal, Committer committer, FanOut fanOut) {
        this.catalog = catalog;
        this.drives = drives;
        this.journal = journal;
        this.committer = committer;
        this.fanOut = fanOut;
    }

    /** Writes a checkpoint on every member, then removes the segments and checkpoints before it. */
    void checkpoint() {
        Start start = new Start();
        committer.exclusively(() -> {
            begin(start, drives.online());
        });
        Map<Drive, IOException> failures = fanOut.run(List.copyOf(start.segments.keySet()), drive -> {
            Checkpoint.write(drive, catalog, start.members, start.sequence, committer::closed);
            removeOlder(drive, start);
        });
        failures.forEach((drive, cause) -> {
            if (!committer.closed()) {
                log.warn("No checkpoint on {}: {}", drive, cause.toString());
                drives.suspect(drive, cause);
            }
        });
        log.debug("Checkpoint at {}, {} objects", start.sequence, catalog.objectCount());
    }

    private void begin(Start start, List<Drive> on) {
        journal.roll();
        start.sequence = catalog.sequence();
        start.members = catalog.members();
        for (Drive drive : on) {
            try {
                start.segments.put(drive, drive.io().list(drive.logs()));
            } catch (IOException failure) {
                drives.offline(drive, failure);
            }
        }
    }

    private void removeOlder(Drive drive, Start start) throws IOException {
        for (String segment : start.segments.getOrDefault(drive, List.of())) {
            remove(drive, segment);
        }
        for (Checkpoint.File file : Checkpoint.list(drive)) {
            if (file.sequence() < start.sequence
                    && drive.io().delete(drive.checkpoints().resolve(file.name()))) {
                log.trace("Checkpoint {} removed from {}", file.name(), drive);
            }
        }
    }

    private static void remove(Drive drive, String segment) throws IOException {
        if (!drive.io().delete(drive.logs().resolve(segment))) {
            log.trace("Segment {} was not on {}", segment, drive);
        }
    }

    /**
     * Makes a drive a member: it gets every change from now on, then a checkpoint, and counts when that is durable. What
     * was in its log before is not believed and goes then, not earlier: the drive may be the only one that holds it.
     *
     * @throws IOException if the drive does not work; it stays offline
     */
    void admit(Drive drive) throws IOException {
        if (!drive.attach()) {
            drive.format();
        }
        drive.probe();
        List<Checkpoint.File> oldCheckpoints = Checkpoint.list(drive);
        List<String> oldSegments = drive.io().list(drive.logs());
        Start start = new Start();
        committer.exclusively(() -> {
            begin(start, List.of());
            drive.state(Drive.State.SYNCING, "It is being brought up to date.");
        });
        try {
            Checkpoint.write(drive, catalog, start.members, start.sequence, committer::closed);
            for (Checkpoint.File file : oldCheckpoints) {
                if (file.sequence() != start.sequence) {
                    drive.discard(drive.checkpoints().resolve(file.name()));
                }
            }
            for (String segment : oldSegments) {
                remove(drive, segment);
            }
            drive.io().forceDirectory(drive.checkpoints());
            drive.io().forceDirectory(drive.logs());
        } catch (IOException failure) {
            drive.state(Drive.State.OFFLINE, "It failed: " + failure.getMessage() + ".");
            throw failure;
        }
        committer.exclusively(() -> {
            if (drive.readable() && !committer.closed()) {
                drive.state(Drive.State.ONLINE, "");
                committer.recordMembers();
            }
        });
        log.info("Drive {} at {} is in use", drive, drive.root());
    }
}
