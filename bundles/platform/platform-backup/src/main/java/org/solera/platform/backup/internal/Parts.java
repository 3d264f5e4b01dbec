// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.backup.internal;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.solera.platform.api.ServiceRank;
import org.solera.platform.api.backup.BackupPart;

/** The parts that are registered, the best version of each. Thread-safe. */
final class Parts {
    private record Bound(BackupPart part, ServiceRank rank) {}

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final List<Bound> bound = new ArrayList<>(); // guarded by lock; best first

    void add(BackupPart part, Map<String, ?> properties) {
        lock.lock();
        try {
            bound.add(new Bound(part, ServiceRank.of(properties)));
            bound.sort(Comparator.comparing(Bound::rank).reversed());
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    void remove(BackupPart part) {
        lock.lock();
        try {
            bound.removeIf(each -> each.part() == part);
        } finally {
            lock.unlock();
        }
    }

    /** {@return one of each, in the order of a restore} */
    List<BackupPart> all() {
        lock.lock();
        try {
            Map<String, BackupPart> best = new TreeMap<>();
            bound.forEach(each -> best.putIfAbsent(each.part().id(), each.part()));
            return best.values().stream()
                    .sorted(Comparator.comparingInt(BackupPart::order).thenComparing(BackupPart::id))
                    .toList();
        } finally {
            lock.unlock();
        }
    }

    Optional<BackupPart> find(String id) {
        return all().stream().filter(part -> part.id().equals(id)).findFirst();
    }

    /** Waits for a part: the restore of an earlier one may have replaced it for a moment. */
    Optional<BackupPart> await(String id, Duration limit) throws InterruptedException {
        long left = limit.toNanos();
        lock.lockInterruptibly();
        try {
            while (find(id).isEmpty() && left > 0) {
                left = changed.awaitNanos(left);
            }
            return find(id);
        } finally {
            lock.unlock();
        }
    }
}
