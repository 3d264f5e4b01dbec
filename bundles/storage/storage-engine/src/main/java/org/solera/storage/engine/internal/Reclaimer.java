// SPDX-License-Identifier: Apache-2.0
package org.solera.storage.engine.internal;

import java.io.IOException;
import java.util.Collection;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.solera.platform.api.Lease;

/**
 * Removes the bodies that no object needs any more, once nobody reads them. A body once freed never comes back, so this
 * goes on after the ownership was given up. What is left when the process ends is found by the {@link Sweep}.
 *
 * <p><b>Thread-safety:</b> thread-safe.
 */
final class Reclaimer {
    /** From here on whoever frees bodies also removes some. */
    private static final int CROWD = 20_000;

    private static final Logger log = LoggerFactory.getLogger(Reclaimer.class);

    private final DriveSet drives;
    private final BooleanSupplier readByOthers;
    private final Queue<BodyId> queue = new ConcurrentLinkedQueue<>();
    private final AtomicInteger waiting = new AtomicInteger();
    private final ConcurrentHashMap<BodyId, Integer> pins = new ConcurrentHashMap<>();

    /** @param readByOthers whether another version of the engine may still read any body */
    Reclaimer(DriveSet drives, BooleanSupplier readByOthers) {
        this.drives = drives;
        this.readByOthers = readByOthers;
    }

    /** Keeps bodies until the lease is closed. */
    Lease pin(Collection<BodyRef> bodies) {
        bodies.forEach(body -> pins.merge(body.id(), 1, Integer::sum));
        return () ->
                bodies.forEach(body -> pins.computeIfPresent(body.id(), (id, count) -> count == 1 ? null : count - 1));
    }

    boolean pinned(BodyId id) {
        return pins.containsKey(id);
    }

    /** Takes bodies that are in no manifest any more. */
    void free(Collection<BodyRef> bodies) {
        bodies.forEach(body -> queue.add(body.id()));
        if (waiting.addAndGet(bodies.size()) > CROWD && !readByOthers.getAsBoolean()) {
            reclaim(2 * bodies.size());
        }
    }

    /** Removes what can be removed now. */
    void run() {
        if (waiting.get() > 0 && !readByOthers.getAsBoolean()) {
            reclaim(waiting.get());
        }
    }

    private void reclaim(int limit) {
        for (int i = 0; i < limit; i++) {
            BodyId id = queue.poll();
            if (id == null) {
                return;
            }
            if (pinned(id)) {
                queue.add(id);
            } else {
                waiting.decrementAndGet();
                remove(id);
            }
        }
    }

    /** Removes every copy of a body. */
    void remove(BodyId id) {
        for (Drive drive : drives.readable()) {
            try {
                if (!drive.io().delete(drive.body(id))) {
                    log.trace("Body {} was not on {}", id, drive);
                }
            } catch (IOException failure) {
                drives.suspect(drive, failure); // the sweep removes it when the drive is back
            }
        }
    }
}
