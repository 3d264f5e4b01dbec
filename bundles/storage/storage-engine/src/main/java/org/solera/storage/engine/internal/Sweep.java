// SPDX-License-Identifier: Apache-2.0
package org.solera.storage.engine.internal;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.solera.storage.api.StorageException;

/**
 * Compares what lies on the drives with what should: makes copies that are missing or damaged, and removes bodies that
 * belong to no object and are old, and copies beyond the number that is kept. Goes shelf by shelf, so its memory is that of one shelf (a 256th of all bodies).
 * Confined to the background thread but for {@link #damaged} and the figures.
 */
final class Sweep implements BodyReader.DamageListener {
    private static final Logger log = LoggerFactory.getLogger(Sweep.class);
    private static final int SHELVES = 256;

    private record Damage(Drive drive, BodyRef body) {}

    private final Catalog catalog;
    private final DriveSet drives;
    private final Reclaimer reclaimer;
    private final EngineLimits limits;
    private final Clock clock;
    private final Instant begun;
    private final BooleanSupplier stop;
    /** Full means that more damage is found at the next read or sweep. */
    private final BlockingQueue<Damage> damage = new ArrayBlockingQueue<>(1024);

    private final AtomicLong healed = new AtomicLong();
    private final AtomicLong removed = new AtomicLong();
    private final AtomicLong surplus = new AtomicLong();
    private final AtomicLong unreadable = new AtomicLong();
    private volatile int shelf = SHELVES;

    /** @param begun what was staged before belongs to a process that ended, and so to nobody */
    Sweep(
            Catalog catalog,
            DriveSet drives,
            Reclaimer reclaimer,
            EngineLimits limits,
            Clock clock,
            Instant begun,
            BooleanSupplier stop) {
        this.catalog = catalog;
        this.drives = drives;
        this.reclaimer = reclaimer;
        this.limits = limits;
        this.clock = clock;
        this.begun = begun;
        this.stop = stop;
    }

    @Override
    public void damaged(Drive drive, BodyRef body) {
        if (!damage.offer(new Damage(drive, body))) {
            log.debug("Damage of body {} waits for the next read", body.id());
        }
    }

    long healed() {
        return healed.get();
    }

    long removed() {
        return removed.get();
    }

    long surplus() {
        return surplus.get();
    }

    /** {@return bodies that have no undamaged copy, as far as found} */
    long unreadable() {
        return unreadable.get();
    }

    /** {@return percent of the sweep under way, 100 when there is none} */
    int progressPercent() {
        return shelf * 100 / SHELVES;
    }

    /** Heals what readers found. */
    void healDamage() throws InterruptedException {
        for (Damage next = damage.poll(); next != null && !stop.getAsBoolean(); next = damage.poll()) {
            if (catalog.holds(next.body().id()) && next.drive().readable()) {
                boolean done = heal(next.drive(), next.body());
                log.info("Body {} on drive {}: {}", next.body().id(), next.drive(), done ? "healed" : "not healed");
            }
        }
    }

    /** Begins to go over everything; a sweep under way begins anew. */
    void begin() {
        shelf = 0;
        for (Drive drive : drives.online()) {
            try {
                for (String name : drive.io().list(drive.checkpoints())) {
                    Path file = drive.checkpoints().resolve(name);
                    if (name.endsWith(".tmp") && drive.io().modified(file).isBefore(begun)) {
                        drive.discard(file);
                    }
                }
            } catch (IOException failure) {
                drives.suspect(drive, failure);
            }
        }
    }

    /** Goes on with the sweep under way for a while, so that the drives are looked at in between. */
    void advance(Duration slice) throws InterruptedException {
        long end = System.nanoTime() + slice.toNanos();
        while (shelf < SHELVES && System.nanoTime() < end && !stop.getAsBoolean()) {
            if (sweepShelf(shelf, end)) {
                shelf++;
            }
        }
    }

    /** {@return whether the shelf was done; what was healed is not done again} */
    private boolean sweepShelf(int number, long end) throws InterruptedException {
        Map<BodyId, BodyRef> wanted = new LinkedHashMap<>();
        catalog.eachBody(body -> {
            if (body.id().high() >>> 56 == number) {
                wanted.put(body.id(), body);
            }
        });
        Map<Drive, Set<String>> present = new LinkedHashMap<>();
        for (Drive drive : drives.online()) {
            try {
                present.put(drive, new HashSet<>(drive.io().list(drive.bodies(number))));
            } catch (IOException failure) {
                drives.suspect(drive, failure);
            }
        }
        for (Map.Entry<Drive, Set<String>> entry : present.entrySet()) {
            removeOrphans(entry.getKey(), entry.getValue(), number);
        }
        int copies = Math.min(DriveSet.COPIES, present.size());
        for (BodyRef body : wanted.values()) {
            String name = body.id().toString();
            List<Drive> without = new ArrayList<>();
            present.forEach((drive, names) -> {
                if (!names.contains(name)) {
                    without.add(drive);
                }
            });
            if (present.size() - without.size() > copies) {
                List<Drive> holders = new ArrayList<>(present.keySet());
                holders.removeAll(without);
                removeSurplus(body, holders, copies);
            }
            int lacking = copies - (present.size() - without.size());
            for (int i = 0; i < lacking && !stop.getAsBoolean(); i++) {
                if (heal(without.get(i), body) && System.nanoTime() > end) {
                    return false;
                }
            }
        }
        return true;
    }

    private void removeOrphans(Drive drive, Set<String> names, int number) {
        Instant aged = clock.instant().minus(limits.stagingLife());
        Instant before = aged.isAfter(begun) ? aged : begun;
        for (String name : names) {
            boolean temporary = name.endsWith(".tmp"); // begun and never finished, whatever became of the body
            BodyId id = BodyId.parse(temporary ? name.substring(0, name.length() - 4) : name)
                    .orElse(null);
            if (id == null || (!temporary && (catalog.holds(id) || reclaimer.pinned(id)))) {
                continue;
            }
            try {
                var file = drive.bodies(number).resolve(name);
                if (drive.io().modified(file).isBefore(before) && drive.io().delete(file)) {
                    removed.incrementAndGet();
                }
            } catch (IOException gone) {
                log.trace("Orphan {} on {}: {}", name, drive, gone.toString());
            }
        }
    }

    /** Removes what a drive that returned brought along, but only behind as many copies that were read and found whole. */
    private void removeSurplus(BodyRef body, List<Drive> holders, int copies) throws InterruptedException {
        List<Drive> whole = new ArrayList<>();
        for (Drive holder : holders) {
            if (whole.size() < copies && BodyCopier.undamaged(body, holder, limits.healBytesPerSecond())) {
                whole.add(holder);
            }
        }
        if (whole.size() < copies) {
            holders.stream().filter(each -> !whole.contains(each)).forEach(each -> damaged(each, body));
            return;
        }
        for (Drive holder : holders) {
            if (!whole.contains(holder) && catalog.holds(body.id()) && !reclaimer.pinned(body.id())) {
                holder.discard(holder.body(body.id()));
                surplus.incrementAndGet();
            }
        }
    }

    /** {@return whether there is an undamaged copy on the drive now} */
    private boolean heal(Drive drive, BodyRef body) throws InterruptedException {
        try {
            try (SpaceLedger.Claim space = drives.space().claim(body.sizeBytes())) {
                space.add(drive);
                BodyCopier.copy(body, drive, drives, limits.healBytesPerSecond());
            }
            healed.incrementAndGet();
            if (!catalog.holds(body.id())) { // deleted meanwhile
                reclaimer.remove(body.id());
            }
            return true;
        } catch (StorageException full) {
            log.warn("Body {} cannot be copied to {} yet: {}", body.id(), drive, full.getMessage());
            return false;
        } catch (IOException failure) {
            if (catalog.holds(body.id())) {
                unreadable.incrementAndGet();
                log.error("Body {} could not be copied to {}: {}", body.id(), drive, failure.getMessage());
            }
            return false;
        }
    }
}
