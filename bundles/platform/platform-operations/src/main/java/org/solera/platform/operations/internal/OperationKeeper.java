// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.operations.internal;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.solera.platform.api.SoleraException;
import org.solera.platform.api.operations.Operation;
import org.solera.platform.api.operations.OperationStore;

/**
 * Saves operations behind the back of those who report. Only the newest state of each is kept until it is saved, at most
 * {@value #QUEUE} of them: beyond that the oldest is not saved, and counted. A store that is not there or fails is tried
 * again after 1 s, 2 s, … 30 s. Thread-safe; {@link #put} and {@link #remove} never wait.
 */
final class OperationKeeper {
    static final int QUEUE = 4_000;
    private static final int BATCH = 200;
    private static final long LONGEST_PAUSE_MILLIS = 30_000;
    private static final Logger log = LoggerFactory.getLogger(OperationKeeper.class);

    private final Supplier<Optional<OperationStore>> stores;
    private final Consumer<List<Operation>> adopt;
    private final ExecutorService writer;
    private final ScheduledExecutorService scheduler;
    private final long firstPauseMillis;
    private final Map<String, Optional<Operation>> waiting = new LinkedHashMap<>(); // guarded by this; empty: remove
    private boolean scheduled; // guarded by this
    private boolean closed; // guarded by this
    private long dropped; // guarded by this
    private String failure = ""; // guarded by this
    private boolean loaded; // touched by the writer only
    private long pauseMillis; // touched by the writer only

    /**
     * @param adopt takes what the store holds of an earlier run, once
     * @param writer a single thread
     * @param firstPauseMillis pause after a first failure
     */
    OperationKeeper(
            Supplier<Optional<OperationStore>> stores,
            Consumer<List<Operation>> adopt,
            ExecutorService writer,
            ScheduledExecutorService scheduler,
            long firstPauseMillis) {
        this.stores = stores;
        this.adopt = adopt;
        this.writer = writer;
        this.scheduler = scheduler;
        this.firstPauseMillis = firstPauseMillis;
        this.pauseMillis = firstPauseMillis;
    }

    void put(Operation operation) {
        add(operation.id(), Optional.of(operation));
    }

    void remove(String id) {
        add(id, Optional.empty());
    }

    private synchronized void add(String id, Optional<Operation> change) {
        waiting.put(id, change);
        if (waiting.size() > QUEUE) {
            waiting.remove(waiting.keySet().iterator().next());
            dropped++;
        }
        schedule();
    }

    /** A store came: load it, save what waits. */
    synchronized void storeCame() {
        schedule();
    }

    private synchronized void schedule() {
        if (scheduled || closed) {
            return;
        }
        try {
            writer.execute(this::run);
            scheduled = true;
        } catch (RejectedExecutionException closing) {
            log.debug("Nothing is saved any more: the bundle stops.", closing);
        }
    }

    private void run() {
        synchronized (this) {
            scheduled = false;
        }
        Optional<OperationStore> store = stores.get();
        if (store.isEmpty()) {
            told("The database is not there.");
            return; // storeCame() comes when there is one
        }
        try {
            if (!loaded) {
                adopt.accept(store.get().load());
                loaded = true;
            }
            save(store.get());
            told("");
            pauseMillis = firstPauseMillis;
        } catch (SoleraException | RuntimeException refused) {
            if (told(String.valueOf(refused.getMessage()))) {
                log.warn("The list of operations is not saved now; it is tried again.", refused);
            }
            later();
        }
    }

    private void save(OperationStore store) throws SoleraException {
        for (Map<String, Optional<Operation>> batch = next(); !batch.isEmpty(); batch = next()) {
            List<Operation> put = new ArrayList<>();
            List<String> removed = new ArrayList<>();
            batch.forEach((id, change) -> change.ifPresentOrElse(put::add, () -> removed.add(id)));
            boolean saved = false;
            try {
                store.save(put, removed);
                saved = true;
            } finally {
                if (!saved) {
                    back(batch);
                }
            }
        }
    }

    private synchronized Map<String, Optional<Operation>> next() {
        Map<String, Optional<Operation>> batch = new LinkedHashMap<>();
        var each = waiting.entrySet().iterator();
        while (each.hasNext() && batch.size() < BATCH) {
            Map.Entry<String, Optional<Operation>> entry = each.next();
            batch.put(entry.getKey(), entry.getValue());
            each.remove();
        }
        return batch;
    }

    /** What was not saved waits again, unless something newer of it waits already. */
    private synchronized void back(Map<String, Optional<Operation>> batch) {
        batch.forEach(waiting::putIfAbsent);
    }

    private synchronized boolean told(String cause) {
        boolean fresh = failure.isEmpty() && !cause.isEmpty();
        failure = cause;
        return fresh;
    }

    private void later() {
        try {
            var unused = scheduler.schedule(this::schedule, pauseMillis, TimeUnit.MILLISECONDS);
            pauseMillis = Math.min(LONGEST_PAUSE_MILLIS, pauseMillis * 2);
        } catch (RejectedExecutionException closing) {
            log.debug("Saving is not tried again: the bundle stops.", closing);
        }
    }

    /** {@return why operations are not saved now; empty if they are} */
    synchronized String failure() {
        return failure;
    }

    /** {@return states that were never saved because too many waited} */
    synchronized long dropped() {
        return dropped;
    }

    synchronized int waiting() {
        return waiting.size();
    }

    synchronized void close() {
        closed = true;
    }
}
