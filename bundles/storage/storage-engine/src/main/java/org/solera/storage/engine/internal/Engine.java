// SPDX-License-Identifier: Apache-2.0
package org.solera.storage.engine.internal;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.solera.platform.api.DrainGate;
import org.solera.platform.api.HealthReport;
import org.solera.platform.api.OwnerEpoch;
import org.solera.storage.api.ObjectStore;
import org.solera.storage.api.StorageError;
import org.solera.storage.api.StorageException;

/**
 * The engine without its container: waits in standby, owns the drives, gives them up again.
 *
 * <p><b>Thread-safety:</b> thread-safe; opening, closing and background work exclude each other.
 */
final class Engine {
    /** Everything that lives as long as one ownership. */
    private record Ownership(
            OwnerEpoch epoch,
            EngineStore store,
            Catalog catalog,
            Committer committer,
            Compactor compactor,
            Sweep sweep) {}

    private static final Logger log = LoggerFactory.getLogger(Engine.class);
    private static final Duration SWEEP_SLICE = Duration.ofSeconds(2);

    private final DriveSet drives;
    private final EngineLimits limits;
    private final FanOut fanOut;
    private final FanOut logFanOut;
    private final Clock clock;
    private final Instant begun;
    private final Reclaimer reclaimer;
    private final Replica replica;
    private final DriveLocks locks = new DriveLocks();
    private final DrainGate work = new DrainGate("The object store");
    private final AtomicBoolean checkpointDue = new AtomicBoolean();
    private volatile @Nullable Ownership ownership;
    private volatile boolean sweepDue;
    private volatile boolean stopped;

    /**
     * @param pool runs the work that goes to several drives at one time
     * @param logPool the same for the logs, which must not wait behind bodies: everybody waits for them
     * @param begun when this process began: what was staged before belongs to nobody
     * @param readByOthers whether another version may still read any body
     */
    Engine(
            List<Path> roots,
            DriveIo io,
            EngineLimits limits,
            ExecutorService pool,
            ExecutorService logPool,
            Clock clock,
            Instant begun,
            BooleanSupplier readByOthers) {
        this.drives = new DriveSet(roots, io, limits);
        this.limits = limits;
        this.fanOut = new FanOut(pool);
        this.logFanOut = new FanOut(logPool);
        this.clock = clock;
        this.begun = begun;
        this.reclaimer = new Reclaimer(drives, readByOthers);
        this.replica = new Replica(drives.all());
    }

    /** Becomes the owner; {@return the store, good until {@link #close}} */
    synchronized ObjectStore open(OwnerEpoch epoch) throws StorageException {
        long begun = System.nanoTime();
        boolean opened = false;
        try {
            lockDrives();
            replica.refresh();
            Ownership fresh = takeOver(epoch);
            ownership = fresh;
            opened = true;
            sweepDue = true;
            log.info(
                    "Opened {} objects on {} of {} drives in {} ms ({})",
                    fresh.catalog().objectCount(),
                    drives.online().size(),
                    drives.all().size(),
                    (System.nanoTime() - begun) / 1_000_000,
                    epoch);
            return fresh.store();
        } finally {
            if (!opened) {
                locks.close();
            }
        }
    }

    /** Finishes the commits under way and gives the drives up. Readers and stagings go on. */
    synchronized void close() {
        Ownership old = ownership;
        ownership = null;
        if (old != null) {
            old.committer().close();
            locks.close();
            log.info("Gave up the drives with {} objects ({})", old.catalog().objectCount(), old.epoch());
        }
    }

    /** Ends for good. */
    void stop() {
        stopped = true;
        close();
    }

    /** Keeps the state of a standby current. */
    synchronized void follow() {
        if (ownership == null && !stopped) {
            try {
                replica.refresh();
            } catch (StorageException failure) {
                log.debug("Standby cannot follow: {}", failure.getMessage());
            }
        }
    }

    private void lockDrives() throws StorageException {
        int present = 0;
        for (Drive drive : drives.all()) {
            try {
                if (!drive.present()) {
                    throw new IOException("the folder " + drive.root() + " is not there");
                }
                locks.take(drive);
                present++;
            } catch (IOException failure) {
                drive.state(Drive.State.OFFLINE, "It cannot be used: " + failure.getMessage() + ".");
                log.error("Drive {} cannot be used: {}", drive, failure.toString());
            }
        }
        if (present == 0) {
            throw new StorageException(
                    StorageError.TOO_FEW_DRIVES, "No drive can be used.", "Look at the drives given to this box.");
        }
    }

    private Ownership takeOver(OwnerEpoch epoch) throws StorageException {
        Catalog catalog = replica.catalog();
        if (catalog.members().drives().isEmpty()) {
            formatAll();
        } else {
            replica.members().forEach(drive -> drive.state(Drive.State.ONLINE, ""));
        }
        Journal journal = new Journal(drives, logFanOut, epoch.number());
        restore(journal);
        Committer committer =
                new Committer(replica, drives, journal, epoch, limits.checkpointBytes(), () -> checkpointDue.set(true));
        committer.exclusively(committer::recordMembers);
        catalog.onFreed(reclaimer::free);
        Sweep sweep = new Sweep(catalog, drives, reclaimer, limits, clock, begun, () -> stopped || committer.closed());
        EngineStore store = new EngineStore(catalog, committer, drives, reclaimer, sweep, fanOut, work, limits, clock);
        Compactor compactor = new Compactor(catalog, drives, journal, committer, fanOut);
        return new Ownership(epoch, store, catalog, committer, compactor, sweep);
    }

    private void formatAll() throws StorageException {
        IOException last = null;
        for (Drive drive : drives.all()) {
            try {
                if (drive.present()) {
                    if (!drive.attach()) {
                        drive.format();
                    }
                    drive.state(Drive.State.ONLINE, "");
                }
            } catch (IOException failure) {
                last = failure;
                drive.state(Drive.State.OFFLINE, "It cannot be formatted: " + failure.getMessage() + ".");
            }
        }
        if (drives.online().isEmpty()) {
            throw new StorageException(
                    StorageError.TOO_FEW_DRIVES, "No drive can be formatted.", "Look at the drives.", last);
        }
    }

    /** Gives every member the changes that it lost, so that what is visible is durable on all of them. */
    private void restore(Journal journal) {
        for (Map.Entry<Drive, List<Change.Sequenced>> entry : replica.lacking().entrySet()) {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            entry.getValue()
                    .forEach(change -> bytes.writeBytes(ChangeCodec.encode(change.sequence(), change.change())));
            try {
                journal.append(
                        entry.getKey(),
                        bytes.toByteArray(),
                        entry.getValue().get(0).sequence());
                checkpointDue.set(true);
                log.info(
                        "Drive {} got {} changes that it had lost",
                        entry.getKey(),
                        entry.getValue().size());
            } catch (IOException failure) {
                if (DriveSet.isFull(failure)) {
                    log.warn("Drive {} is full and stays without changes that others hold", entry.getKey());
                } else {
                    drives.offline(entry.getKey(), failure);
                }
            }
        }
    }

    /** Removes bodies that are not needed any more. Confined to the background thread. */
    void reclaim() {
        reclaimer.run();
    }

    /** Looks at the drives and does what is due. Confined to the background thread. */
    void maintain() throws InterruptedException {
        reclaimer.run();
        Ownership now = ownership;
        if (now == null || stopped) {
            return;
        }
        if (checkDrives(now)) {
            sweepDue = true;
        }
        if (checkpointDue.getAndSet(false)) {
            now.compactor().checkpoint();
        }
        now.sweep().healDamage();
        if (sweepDue) {
            sweepDue = false;
            now.store().expireUploads();
            now.sweep().begin();
        }
        now.sweep().advance(SWEEP_SLICE);
    }

    /** Asks for a checkpoint at the next maintenance. */
    void requestCheckpoint() {
        checkpointDue.set(true);
    }

    /** Asks for a sweep at the next maintenance. */
    void requestSweep() {
        sweepDue = true;
    }

    /** {@return whether a drive came into use} */
    private boolean checkDrives(Ownership now) {
        boolean admitted = false;
        for (Drive drive : drives.all()) {
            try {
                if (drive.online()) {
                    drive.probe();
                    if (drives.space().roomBytes(drive) > 2 * Drive.BALLAST_BYTES) {
                        drive.keepBallast();
                    }
                } else if (drive.present()) {
                    synchronized (this) {
                        if (ownership != now) {
                            return false;
                        }
                        locks.take(drive);
                    }
                    now.compactor().admit(drive);
                    admitted |= drive.online();
                }
            } catch (IOException failure) {
                if (drive.online() && !DriveSet.isFull(failure)) {
                    drives.offline(drive, failure);
                } else {
                    log.debug("Drive {} stays offline: {}", drive, failure.toString());
                }
            } catch (StorageException taken) {
                drive.state(Drive.State.OFFLINE, taken.getMessage() + "");
            }
        }
        return admitted;
    }

    DrainGate work() {
        return work;
    }

    boolean owner() {
        return ownership != null;
    }

    /** {@return the catalog, if this is the owner} */
    @Nullable
    Catalog catalog() {
        Ownership now = ownership;
        return now == null ? null : now.catalog();
    }

    @Nullable
    Sweep sweep() {
        Ownership now = ownership;
        return now == null ? null : now.sweep();
    }

    DriveSet drives() {
        return drives;
    }

    HealthReport health() {
        Ownership now = ownership;
        if (now == null) {
            return HealthReport.standby("Follows the owner of the drives.");
        }
        int online = drives.online().size();
        int all = drives.all().size();
        List<String> problems = new ArrayList<>();
        for (Drive drive : drives.all()) {
            if (!drive.online()) {
                problems.add("Drive " + drive + " is not in use. " + drive.problem());
            }
        }
        if (online == 0) {
            return HealthReport.down("No drive works. " + String.join(" ", problems), "Reconnect the drives.");
        }
        if (online < all) {
            boolean writable = online >= drives.required(now.catalog().members());
            problems.add(writable ? "Writing goes on." : "Writes are refused, reading goes on.");
            return HealthReport.degraded(String.join(" ", problems), "Reconnect or replace the drive.");
        }
        String shortage = drives.shortage();
        if (!shortage.isEmpty()) {
            return HealthReport.degraded(
                    shortage + " Writes that need more are refused, reading and deleting go on.",
                    "Delete objects or add drives.");
        }
        if (all == 1) {
            return HealthReport.degraded("There is one drive, so each object has one copy.", "Add a second drive.");
        }
        if (now.sweep().unreadable() > 0) {
            return HealthReport.degraded(
                    now.sweep().unreadable() + " bodies have no undamaged copy or could not be copied.",
                    "Look into the log; restore these objects.");
        }
        return HealthReport.up(
                "%d drives, %d objects.".formatted(online, now.catalog().objectCount()));
    }
}
