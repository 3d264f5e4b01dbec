// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.operations.internal;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.solera.platform.api.live.LiveEvent;
import org.solera.platform.api.live.LiveEvents;
import org.solera.platform.api.operations.Operation;

/**
 * Publishes operations as topic {@code operations}, each at most 4 times a second; the last state always goes out.
 * Thread-safe.
 */
final class OperationTeller {
    static final String TOPIC = "operations";
    static final long DISTANCE_MILLIS = 250;
    private static final Logger log = LoggerFactory.getLogger(OperationTeller.class);

    private final LiveEvents events;
    private final ScheduledExecutorService scheduler;
    private final LongSupplier nanoTime;
    private final Map<String, Long> told = new HashMap<>(); // guarded by this; id -> nanoTime of the last event
    private final Map<String, Operation> held = new LinkedHashMap<>(); // guarded by this
    private boolean scheduled; // guarded by this

    OperationTeller(LiveEvents events, ScheduledExecutorService scheduler, LongSupplier nanoTime) {
        this.events = events;
        this.scheduler = scheduler;
        this.nanoTime = nanoTime;
    }

    void changed(Operation operation) {
        if (!events.watched()) {
            return;
        }
        synchronized (this) {
            long now = nanoTime.getAsLong();
            Long last = told.get(operation.id());
            if (held.containsKey(operation.id())
                    || (last != null && now - last < TimeUnit.MILLISECONDS.toNanos(DISTANCE_MILLIS))) {
                held.put(operation.id(), operation);
                schedule();
                return;
            }
            note(operation, now);
        }
        publish(operation);
    }

    private synchronized void note(Operation operation, long now) {
        // What was told longer ago than the distance no longer matters, so the map stays as small as what is busy.
        told.values().removeIf(last -> now - last >= TimeUnit.MILLISECONDS.toNanos(DISTANCE_MILLIS));
        told.put(operation.id(), now);
    }

    private synchronized void schedule() {
        if (scheduled) {
            return;
        }
        try {
            var unused = scheduler.schedule(this::flush, DISTANCE_MILLIS, TimeUnit.MILLISECONDS);
            scheduled = true;
        } catch (RejectedExecutionException closing) {
            log.debug("Nothing is told any more: the bundle stops.", closing);
        }
    }

    /** Publishes what was held back; by now each of them is due. */
    void flush() {
        List<Operation> due;
        synchronized (this) {
            scheduled = false;
            due = List.copyOf(held.values());
            held.clear();
            long now = nanoTime.getAsLong();
            due.forEach(operation -> note(operation, now));
        }
        due.forEach(this::publish);
    }

    private void publish(Operation operation) {
        events.publish(new LiveEvent(TOPIC, operation.id(), describe(operation)));
    }

    /** {@return the fields of an operation, under the names that REST uses} */
    static Map<String, Object> describe(Operation operation) {
        Map<String, Object> state = new LinkedHashMap<>();
        state.put("id", operation.id());
        state.put("kind", operation.kind());
        state.put("title", operation.title());
        state.put("target", operation.target());
        state.put("who", operation.who());
        state.put("state", operation.state().name().toLowerCase(Locale.ROOT));
        state.put("waitingFor", operation.waitingFor());
        state.put("done", operation.done());
        state.put("total", operation.total());
        state.put("unit", operation.unit());
        state.put("cancellable", operation.cancellable());
        state.put("message", operation.message());
        state.put("nextAction", operation.nextAction());
        state.put("result", operation.result());
        state.put("createdAt", operation.createdAt());
        state.put("changedAt", operation.changedAt());
        if (operation.endedAt() != null) {
            state.put("endedAt", operation.endedAt());
        }
        return state;
    }
}
