// SPDX-License-Identifier: Apache-2.0
package org.solera.storage.engine.internal;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.solera.storage.api.StorageError;
import org.solera.storage.api.StorageException;

/**
 * The state of the store as the drives tell it: the newest checkpoint of a member, then the changes in the logs of all
 * members in the order of their sequence. A change that one member lost is taken from another; a drive that is no member
 * is not believed. A standby keeps it current while the owner still writes, so that taking over is short.
 *
 * <p><b>Thread-safety:</b> confined to one thread at a time.
 */
final class Replica {
    private static final Logger log = LoggerFactory.getLogger(Replica.class);
    private static final int ATTEMPTS = 3;

    private final List<Drive> drives;
    private final Map<Drive, LogTail> tails = new LinkedHashMap<>();
    private final Map<Drive, List<Change.Sequenced>> lacking = new HashMap<>();
    private Catalog catalog = new Catalog();
    private long lastSeen;
    private boolean even;
    private boolean loaded;

    private record View(Drive drive, LogTail tail, List<Change.Sequenced> changes, List<Checkpoint.File> checkpoints) {}

    private record Seat(long sequence, Members members) {}

    Replica(List<Drive> drives) {
        this.drives = drives;
    }

    Catalog catalog() {
        return catalog;
    }

    /** {@return the greatest sequence on any drive, whether it counts or not} */
    long lastSeen() {
        return Math.max(lastSeen, catalog.sequence());
    }

    /** {@return the changes that a member lost and must get again before anything is written} */
    Map<Drive, List<Change.Sequenced>> lacking() {
        return Map.copyOf(lacking);
    }

    /** {@return the members that are there} */
    List<Drive> members() {
        return drives.stream()
                .filter(drive ->
                        drive.id() != null && catalog.members().drives().contains(drive.id()))
                .filter(tails::containsKey)
                .toList();
    }

    /** Makes the state current, from the last one if that is possible. */
    void refresh() throws StorageException {
        try {
            if (loaded && catchUp() && even) {
                return;
            }
        } catch (IOException changedUnderway) {
            log.debug("The logs changed while they were read: {}", changedUnderway.toString());
        }
        load();
    }

    private void load() throws StorageException {
        IOException last = null;
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            try {
                loadOnce();
                loaded = true;
                return;
            } catch (IOException failure) { // the owner may have removed a segment underway
                last = failure;
            }
        }
        throw new StorageException(
                StorageError.UNREADABLE,
                "The catalog cannot be read: " + (last == null ? "" : last.getMessage()) + ".",
                "Look at the drives with storage:drives.",
                last);
    }

    private void loadOnce() throws IOException, StorageException {
        List<View> views = new ArrayList<>();
        tails.clear();
        lacking.clear();
        lastSeen = 0;
        for (Drive drive : drives) {
            View view = attach(drive);
            if (view != null) {
                views.add(view);
                lastSeen = Math.max(lastSeen, view.tail().lastSequence());
            }
        }
        catalog = new Catalog();
        Members members = newestMembers(views);
        if (members.drives().isEmpty()) {
            even = true;
            return;
        }
        views.removeIf(view -> !members.drives().contains(view.drive().id()));
        int missing = members.drives().size() - views.size();
        if (missing >= members.required()) {
            throw new StorageException(
                    StorageError.TOO_FEW_DRIVES,
                    "%d of the %d drives that hold the newest state are missing."
                            .formatted(missing, members.drives().size()),
                    "Connect them and restart the appliance.");
        }
        long from = readCheckpoint(views);
        replay(views, from);
        catalog.members(members);
        views.forEach(view -> tails.put(view.drive(), view.tail()));
        even = lacking.isEmpty();
    }

    private static @Nullable View attach(Drive drive) {
        try {
            if (!drive.attach()) {
                return null;
            }
            LogTail tail = new LogTail(drive);
            List<Checkpoint.File> checkpoints = Checkpoint.list(drive);
            return new View(drive, tail, tail.readNew(), checkpoints);
        } catch (IOException failure) {
            drive.state(Drive.State.OFFLINE, "It cannot be read: " + failure.getMessage() + ".");
            log.error("Drive {} at {} cannot be read: {}", drive, drive.root(), failure.toString());
            return null;
        }
    }

    private static Members newestMembers(List<View> views) {
        List<Seat> seats = new ArrayList<>();
        for (View view : views) {
            for (Change.Sequenced change : view.changes()) {
                if (change.change() instanceof Change.MembersChanged changed) {
                    seats.add(new Seat(change.sequence(), changed.members()));
                }
            }
            for (Checkpoint.File file : view.checkpoints()) {
                try {
                    seats.add(new Seat(file.sequence(), Checkpoint.members(file)));
                } catch (IOException damaged) {
                    log.warn("Drive {}: {}", view.drive(), damaged.getMessage());
                }
            }
        }
        return seats.stream()
                .max(Comparator.comparingLong(Seat::sequence))
                .map(Seat::members)
                .orElse(Members.NONE);
    }

    private long readCheckpoint(List<View> views) throws StorageException {
        List<Checkpoint.File> files = views.stream()
                .flatMap(view -> view.checkpoints().stream())
                .sorted(Comparator.comparingLong(Checkpoint.File::sequence).reversed())
                .toList();
        for (Checkpoint.File file : files) {
            try {
                catalog = new Catalog();
                Checkpoint.read(file, catalog);
                return file.sequence();
            } catch (IOException damaged) {
                log.error("Drive {}: {}; the next older one is read", file.drive(), damaged.getMessage());
            }
        }
        if (!files.isEmpty()) {
            throw new StorageException(
                    StorageError.UNREADABLE,
                    "No checkpoint of the catalog is undamaged.",
                    "Connect the drives that are missing.");
        }
        return 0;
    }

    private void replay(List<View> views, long from) {
        TreeMap<Long, Change.Sequenced> changes = new TreeMap<>();
        for (View view : views) {
            for (Change.Sequenced change : view.changes()) {
                if (change.sequence() > from) {
                    changes.putIfAbsent(change.sequence(), change);
                }
            }
        }
        for (Change.Sequenced change : List.copyOf(changes.values())) {
            if (change.change() instanceof Change.Voided voided) {
                changes.subMap(voided.firstSequence(), true, voided.lastSequence(), true)
                        .clear();
            }
        }
        changes.values().forEach(catalog::apply);
        for (View view : views) {
            Set<Long> present = new HashSet<>();
            view.changes().forEach(change -> present.add(change.sequence()));
            List<Change.Sequenced> lost = changes.values().stream()
                    .filter(change -> !present.contains(change.sequence()))
                    .toList();
            if (!lost.isEmpty()) {
                lacking.put(view.drive(), lost);
            }
        }
    }

    /** {@return whether the state is current now; if not, it must be loaded} */
    private boolean catchUp() throws IOException {
        TreeMap<Long, Change.Sequenced> changes = new TreeMap<>();
        even = true;
        Set<Long> ends = new HashSet<>();
        for (Map.Entry<Drive, LogTail> entry : tails.entrySet()) {
            for (Change.Sequenced change : entry.getValue().readNew()) {
                if (change.sequence() > catalog.sequence()) {
                    changes.put(change.sequence(), change);
                }
            }
            List<Checkpoint.File> checkpoints = Checkpoint.list(entry.getKey());
            long kept = checkpoints.isEmpty() ? 0 : checkpoints.get(0).sequence();
            long newest = changes.isEmpty() ? catalog.sequence() : changes.lastKey();
            if (kept > newest) {
                return false;
            }
            even &= !entry.getValue().torn();
            ends.add(Math.max(kept, entry.getValue().lastSequence()));
        }
        even &= ends.size() <= 1;
        for (Change.Sequenced change : changes.values()) {
            if (change.change() instanceof Change.Voided || change.change() instanceof Change.MembersChanged) {
                return false;
            }
        }
        changes.values().forEach(catalog::apply);
        return !tails.isEmpty() && tails.keySet().stream().allMatch(drive -> Objects.nonNull(drive.id()));
    }
}
