// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.worker.internal;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.solera.platform.api.PlatformError;
import org.solera.platform.api.SoleraException;
import org.solera.platform.api.WorkerPool;
import org.solera.platform.api.WorkerSpec;
import org.solera.platform.api.Workers.PoolStatus;

/** Lends the processes of one {@link WorkerSpec} to callers, first come first served. Thread-safe. */
final class SupervisedPool implements WorkerPool {
    private static final Logger log = LoggerFactory.getLogger(SupervisedPool.class);
    private static final Duration LAST_WORDS = Duration.ofMillis(300);
    private static final Duration RETIREMENT = Duration.ofSeconds(2);
    private static final long POLL_MILLIS = 200;

    private final WorkerSpec spec;
    private final Jail jail;
    private final ProcessStarter starter;
    private final ScheduledExecutorService scheduler;
    private final int waitersMax;
    private final Consumer<SupervisedPool> onClose;
    private final LongSupplier nanoClock;
    private final ErrorLines lines;
    private final WaitTimes waits = new WaitTimes();
    private final LongAdder limitKills = new LongAdder();
    private final Set<WorkerProcess> processes = ConcurrentHashMap.newKeySet();
    private final ScheduledFuture<?> keeper;

    private final ReentrantLock lock = new ReentrantLock(true);
    private final Condition changed = lock.newCondition();
    private final Deque<WorkerProcess> idle = new ArrayDeque<>(); // guarded by lock
    private final Backoff backoff; // guarded by lock
    private int alive; // guarded by lock; idle, lent and starting
    private int waiting; // guarded by lock
    private long restarts; // guarded by lock
    private String lastFailure = ""; // guarded by lock
    private boolean closed; // guarded by lock

    SupervisedPool(
            WorkerSpec spec,
            Jail jail,
            ProcessStarter starter,
            ScheduledExecutorService scheduler,
            int waitersMax,
            Consumer<SupervisedPool> onClose) {
        this.spec = spec;
        this.jail = jail;
        this.starter = starter;
        this.scheduler = scheduler;
        this.waitersMax = waitersMax;
        this.onClose = onClose;
        this.nanoClock = System::nanoTime;
        this.backoff = new Backoff(nanoClock);
        this.lines = new ErrorLines(spec.name(), nanoClock);
        this.keeper = scheduler.scheduleWithFixedDelay(this::keep, POLL_MILLIS, POLL_MILLIS, TimeUnit.MILLISECONDS);
    }

    @Override
    public <R> R call(Duration patience, Duration limit, Exchange<R> exchange)
            throws SoleraException, InterruptedException {
        long began = nanoClock.getAsLong();
        WorkerProcess worker = acquire(patience.toNanos());
        waits.add(nanoClock.getAsLong() - began);
        AtomicBoolean overtime = new AtomicBoolean();
        boolean answered = false;
        ScheduledFuture<?> watch = null;
        try {
            watch = scheduler.schedule(
                    () -> {
                        overtime.set(true);
                        worker.kill();
                    },
                    limit.toNanos(),
                    TimeUnit.NANOSECONDS);
            R result = exchange.exchange(worker.request(), worker.answer());
            answered = true;
            return result;
        } catch (IOException failure) {
            throw failed(worker, overtime.get(), limit, failure);
        } finally {
            if (watch != null) {
                watch.cancel(false);
            }
            if (answered && !overtime.get()) {
                release(worker);
            } else {
                worker.close();
                discard(!answered, overtime.get() ? "An exchange exceeded its time limit." : "");
            }
        }
    }

    private SoleraException failed(WorkerProcess worker, boolean overtime, Duration limit, IOException failure)
            throws InterruptedException {
        if (overtime) {
            limitKills.increment();
            return new SoleraException(
                    PlatformError.WORKER_LIMIT,
                    "A worker of %s was ended after %d ms, the limit of one request."
                            .formatted(spec.name(), limit.toMillis()),
                    "",
                    failure);
        }
        String words = worker.lastWords(LAST_WORDS);
        lock.lock();
        try {
            lastFailure = words;
        } finally {
            lock.unlock();
        }
        return unavailable("A worker of " + spec.name() + " failed. " + words, failure);
    }

    private static SoleraException unavailable(String message, @Nullable Throwable cause) {
        return new SoleraException(PlatformError.WORKER_UNAVAILABLE, message, "Try again in a moment.", cause);
    }

    private WorkerProcess acquire(long patienceNanos) throws SoleraException, InterruptedException {
        lock.lockInterruptibly();
        try {
            WorkerProcess worker = await(patienceNanos);
            if (worker != null) {
                return worker;
            }
        } finally {
            lock.unlock();
        }
        return start();
    }

    /** {@return an idle worker, or null when the caller is to start one, which is then counted already} */
    private @Nullable WorkerProcess await(long patienceNanos) throws SoleraException, InterruptedException {
        if (waiting >= waitersMax) {
            throw busy("%d callers wait for a worker of %s already.".formatted(waiting, spec.name()));
        }
        long left = patienceNanos;
        waiting++;
        try {
            while (true) {
                if (closed) {
                    throw unavailable("The workers of " + spec.name() + " are being ended.", null);
                }
                WorkerProcess ready = takeIdle();
                if (ready != null) {
                    return ready;
                }
                long pause = backoff.pauseNanos();
                if (alive < spec.maximum() && pause <= 0) {
                    alive++;
                    return null;
                }
                if (alive == 0 && pause > left) {
                    throw unavailable("The workers of " + spec.name() + " fail. " + lastFailure, null);
                }
                if (left <= 0) {
                    throw busy("No worker of %s was free within %d ms."
                            .formatted(spec.name(), TimeUnit.NANOSECONDS.toMillis(patienceNanos)));
                }
                long wait = alive < spec.maximum() ? Math.min(pause, left) : left;
                left -= wait - changed.awaitNanos(wait);
            }
        } finally {
            waiting--;
            // Whoever leaves may have taken a signal that another waiter could use.
            changed.signal();
        }
    }

    private static SoleraException busy(String message) {
        return new SoleraException(PlatformError.BUSY, message, "Try again in a moment.", null);
    }

    private @Nullable WorkerProcess takeIdle() {
        for (WorkerProcess worker = idle.pollLast(); worker != null; worker = idle.pollLast()) {
            if (worker.alive()) {
                return worker;
            }
            buryIdle(worker);
        }
        return null;
    }

    private void buryIdle(WorkerProcess worker) {
        alive--;
        restarts++;
        log.warn("Worker {} of {} ended while it was idle.", worker.pid(), spec.name());
    }

    private WorkerProcess start() throws SoleraException, InterruptedException {
        boolean started = false;
        String reason = "";
        try {
            WorkerProcess worker =
                    new WorkerProcess(starter.start(jail.wrap(spec), spec.environment()), jail.jailed(), lines);
            processes.add(worker);
            if (isClosed()) {
                worker.close();
                throw unavailable("The workers of " + spec.name() + " are being ended.", null);
            }
            started = true;
            log.debug("Worker {} of {} started.", worker.pid(), spec.name());
            return worker;
        } catch (IOException failure) {
            reason = String.valueOf(failure.getMessage());
            throw unavailable("A worker of " + spec.name() + " does not start: " + reason, failure);
        } finally {
            if (!started) {
                discard(true, reason);
            }
        }
    }

    private boolean isClosed() {
        lock.lock();
        try {
            return closed;
        } finally {
            lock.unlock();
        }
    }

    private void release(WorkerProcess worker) {
        boolean keep;
        lock.lock();
        try {
            backoff.succeeded();
            keep = !closed && worker.served() < spec.maximumRequests();
            if (keep) {
                worker.idleSince(nanoClock.getAsLong());
                idle.addLast(worker);
            } else {
                alive--;
            }
            changed.signal();
        } finally {
            lock.unlock();
        }
        if (!keep) {
            retire(worker);
        }
    }

    private void discard(boolean failed, String reason) {
        lock.lock();
        try {
            alive--;
            if (failed && !closed) {
                restarts++;
                backoff.failed();
                if (!reason.isEmpty()) {
                    lastFailure = reason;
                }
            }
            changed.signal();
        } finally {
            lock.unlock();
        }
    }

    private void retire(WorkerProcess worker) {
        worker.retire();
        ScheduledFuture<?> unused = scheduler.schedule(worker::close, RETIREMENT.toNanos(), TimeUnit.NANOSECONDS);
    }

    /** Reads what the workers say, ends idle ones and forgets dead ones; runs every {@link #POLL_MILLIS}. */
    private void keep() {
        for (WorkerProcess worker : processes) {
            boolean living = worker.alive();
            worker.pollErrors();
            if (!living) {
                processes.remove(worker);
            }
        }
        for (WorkerProcess worker = takeStale(); worker != null; worker = takeStale()) {
            retire(worker);
        }
    }

    private @Nullable WorkerProcess takeStale() {
        lock.lock();
        try {
            for (WorkerProcess worker : idle) {
                if (!worker.alive()) {
                    idle.remove(worker);
                    buryIdle(worker);
                    return worker;
                }
                if (nanoClock.getAsLong() - worker.idleSince() > spec.idle().toNanos()) {
                    idle.remove(worker);
                    alive--;
                    return worker;
                }
            }
            return null;
        } finally {
            lock.unlock();
        }
    }

    /** {@return why the workers fail, empty while they work} */
    String failure() {
        lock.lock();
        try {
            return backoff.failures() >= 3 ? lastFailure : "";
        } finally {
            lock.unlock();
        }
    }

    PoolStatus status() {
        lock.lock();
        try {
            return new PoolStatus(spec.name(), alive, alive - idle.size(), waiting, restarts, jail.jailed());
        } finally {
            lock.unlock();
        }
    }

    WaitTimes waits() {
        return waits;
    }

    long limitKills() {
        return limitKills.sum();
    }

    @Override
    public void close() {
        lock.lock();
        try {
            if (closed) {
                return;
            }
            closed = true;
            idle.clear();
            changed.signalAll();
        } finally {
            lock.unlock();
        }
        keeper.cancel(false);
        processes.forEach(WorkerProcess::close);
        onClose.accept(this);
    }
}
