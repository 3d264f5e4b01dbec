// SPDX-License-Identifier: Apache-2.0
package org.solera.storage.engine.internal;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.solera.storage.api.StorageError;
import org.solera.storage.api.StorageException;
import org.solera.storage.api.StoreUsage;

/** The drives given to this box, and which of them can be used now. Thread-safe. */
final class DriveSet {
    /** Copies of each body, when there are that many drives. */
    static final int COPIES = 2;

    /** Less than this above the reserve means full. */
    private static final long FULL_BYTES = 16L << 20;

    /** So long a write that was refused for lack of space means full. */
    private static final Duration REFUSAL = Duration.ofMinutes(1);

    private static final Logger log = LoggerFactory.getLogger(DriveSet.class);

    private final List<Drive> drives = new ArrayList<>(); // not changed after construction
    private final SpaceLedger space;
    private final AtomicLong turn = new AtomicLong();
    private volatile long refusedNanos = System.nanoTime() - REFUSAL.toNanos();

    DriveSet(List<Path> roots, DriveIo io, EngineLimits limits) {
        this.space = new SpaceLedger(this, limits);
        for (int i = 0; i < roots.size(); i++) {
            drives.add(new Drive("d" + i, roots.get(i), io));
        }
    }

    List<Drive> all() {
        return List.copyOf(drives);
    }

    /** {@return the members, in order} */
    List<Drive> online() {
        return drives.stream().filter(Drive::online).toList();
    }

    /** {@return the drives that take changes: members and those that are about to be} */
    List<Drive> readable() {
        return drives.stream().filter(Drive::readable).toList();
    }

    /** {@return the drives on which a write must be durable} */
    int required(Members members) {
        return drives.size() >= COPIES ? COPIES : members.required();
    }

    /** {@return the ids of the members, for the log} */
    Members current(Members before) {
        List<UUID> ids =
                online().stream().map(Drive::id).filter(Objects::nonNull).toList();
        return new Members(ids, required(before));
    }

    /**
     * Chooses the drives of a new body, those with the most space, and claims the space on them.
     *
     * @param claim gets the drives
     * @throws StorageException with {@link StorageError#TOO_FEW_DRIVES} or {@link StorageError#NO_SPACE}
     */
    List<Drive> choose(Members members, SpaceLedger.Claim claim) throws StorageException {
        List<Drive> online = online();
        int required = required(members);
        if (online.size() < required) {
            throw tooFew(online.size(), required);
        }
        int copies = Math.min(COPIES, online.size());
        List<Drive> roomy = new ArrayList<>(online);
        if (roomy.size() > copies) {
            Collections.rotate(roomy, turn()); // drives with about the same space take turns
            roomy.sort(Comparator.comparingLong(DriveSet::usableGiB).reversed());
        }
        List<Drive> chosen = new ArrayList<>();
        StorageException refusal = tooFew(online.size(), copies);
        for (Drive drive : roomy) {
            if (chosen.size() < copies) {
                try {
                    claim.add(drive);
                    chosen.add(drive);
                } catch (StorageException full) {
                    refusal = full;
                }
            }
        }
        if (chosen.size() < copies) {
            throw refusal;
        }
        return List.copyOf(chosen);
    }

    SpaceLedger space() {
        return space;
    }

    /** Remembers that a write was refused for lack of space. */
    void refusedForSpace() {
        refusedNanos = System.nanoTime();
    }

    /** {@return what people should know about the space that is left; empty when there is enough} */
    String shortage() {
        boolean refused = System.nanoTime() - refusedNanos < REFUSAL.toNanos();
        List<String> shortages = new ArrayList<>();
        for (Drive drive : online()) {
            try {
                long room = space.roomBytes(drive);
                if (room < FULL_BYTES || refused) {
                    shortages.add("Drive %s has %d MiB left, of which writes may use %d MiB."
                            .formatted(drive, drive.io().usableBytes(drive.root()) >> 20, Math.max(0, room) >> 20));
                }
            } catch (IOException failure) {
                suspect(drive, failure);
            }
        }
        return String.join(" ", shortages);
    }

    /** {@return the drives that may hold a body, in turn, so that both copies share the reading} */
    List<Drive> forReading() {
        List<Drive> readable = new ArrayList<>(readable());
        if (readable.size() > 1) {
            Collections.rotate(readable, turn());
        }
        return readable;
    }

    /** Looks at a drive after a failure and takes it out of use if it really does not work. */
    void suspect(Drive drive, IOException cause) {
        if (!drive.readable()) {
            return;
        }
        try {
            drive.probe();
            log.warn("Drive {} failed once and works again: {}", drive, cause.toString());
        } catch (IOException broken) {
            if (isFull(broken)) {
                log.warn("Drive {} is full", drive);
            } else {
                offline(drive, cause);
            }
        }
    }

    /** Takes a drive out of use. */
    void offline(Drive drive, IOException cause) {
        if (drive.readable()) {
            drive.state(Drive.State.OFFLINE, "It failed: " + cause.getMessage() + ".");
            log.error(
                    "Drive {} at {} is offline, reads go on from the other copies: {}",
                    drive,
                    drive.root(),
                    cause.toString());
        }
    }

    /** {@return whether the failure only says that there is no space} */
    static boolean isFull(IOException failure) {
        String message = String.valueOf(failure.getMessage());
        return message.contains("No space left") || message.contains("quota exceeded");
    }

    static StorageException tooFew(int online, int required) {
        return new StorageException(
                StorageError.TOO_FEW_DRIVES,
                "%d drives work, and a write needs %d.".formatted(online, required),
                "Reconnect or replace the drive that is offline; reading goes on.");
    }

    List<StoreUsage.Drive> usage() {
        List<StoreUsage.Drive> usage = new ArrayList<>();
        for (Drive drive : drives) {
            long total = 0;
            long free = 0;
            try {
                if (drive.readable()) {
                    total = drive.io().totalBytes(drive.root());
                    free = drive.io().usableBytes(drive.root());
                }
            } catch (IOException failure) {
                suspect(drive, failure);
            }
            usage.add(new StoreUsage.Drive(drive.name(), drive.root().toString(), drive.readable(), total, free));
        }
        return usage;
    }

    private int turn() {
        return (int) (turn.getAndIncrement() & 0xFFFF);
    }

    private static long usableGiB(Drive drive) {
        try {
            return drive.io().usableBytes(drive.root()) >> 30;
        } catch (IOException failure) {
            return 0;
        }
    }
}
