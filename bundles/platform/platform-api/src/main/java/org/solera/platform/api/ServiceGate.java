// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.api;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Holds all versions of one service for callers that must not notice a replacement. Bind and unbind it from a dynamic,
 * multiple reference; {@link ServiceRank} decides which version gets new calls. A caller that finds no service waits for
 * a bounded time and then gets a clear refusal.
 *
 * <p><b>Thread-safety:</b> thread-safe. {@link #unbind} waits for calls in flight, at most {@link #UNBIND_LIMIT}, because
 * it runs on a framework thread; long drains happen before it.
 *
 * @param <S> the service type
 */
public final class ServiceGate<S> {
    /** The longest time that a call waits for a service which is being replaced. */
    public static final Duration PATIENCE = Duration.ofSeconds(3);

    /** The longest time for which {@link #unbind} holds a framework thread. */
    public static final Duration UNBIND_LIMIT = Duration.ofSeconds(2);

    /** How often {@link #call} runs a step that meets a version which is being replaced. */
    public static final int ATTEMPTS = 3;

    /**
     * One step on a service.
     *
     * @param <S> the service type
     * @param <T> what comes of it
     * @param <F> how it fails, besides
     */
    @FunctionalInterface
    public interface Step<S, T, F extends Exception> {
        /** Runs the step; a refusal by {@link DrainingException} must have changed nothing. */
        T on(S service) throws F, DrainingException, InterruptedException;
    }

    private record Bound<S>(ServiceRank rank, S service, DrainGate gate) {}

    private final String name;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final List<Bound<S>> bound = new ArrayList<>(); // guarded by lock; best first

    /** @param name what the service does, as people know it, for refusals */
    public ServiceGate(String name) {
        this.name = name;
    }

    /**
     * Adds a version of the service; new calls go to the best one.
     *
     * @param service the version
     * @param properties its registration properties
     */
    public void bind(S service, Map<String, ?> properties) {
        lock.lock();
        try {
            bound.add(new Bound<>(ServiceRank.of(properties), service, new DrainGate(name)));
            bound.sort(Comparator.comparing((Bound<S> each) -> each.rank()).reversed());
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /**
     * Takes a version away: no new calls go to it, those in flight get {@link #UNBIND_LIMIT} to end.
     *
     * @param service the version, the same object that was bound
     * @return whether all its calls had ended
     */
    public boolean unbind(S service) {
        Bound<S> leaving = take(service);
        if (leaving == null) {
            return true;
        }
        try {
            return leaving.gate().drain(UNBIND_LIMIT);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return leaving.gate().calls() == 0;
        }
    }

    private @Nullable Bound<S> take(S service) {
        lock.lock();
        try {
            for (Bound<S> each : bound) {
                if (each.service() == service) {
                    bound.remove(each);
                    return each;
                }
            }
            return null;
        } finally {
            lock.unlock();
        }
    }

    /** {@return the best version now, without waiting and without counting a call} */
    public Optional<S> peek() {
        lock.lock();
        try {
            return bound.isEmpty() ? Optional.empty() : Optional.of(bound.get(0).service());
        } finally {
            lock.unlock();
        }
    }

    /**
     * Enters the best version of the service, waiting up to {@link #PATIENCE} for one.
     *
     * @return the service and the lease of this call; close it when the call ends
     * @throws DrainingException if no service came in time
     * @throws InterruptedException if the waiting thread is interrupted
     */
    public Use<S> enter() throws DrainingException, InterruptedException {
        long left = PATIENCE.toNanos();
        lock.lockInterruptibly();
        try {
            while (bound.isEmpty()) {
                if (left <= 0) {
                    throw new DrainingException(name);
                }
                left = changed.awaitNanos(left);
            }
            Bound<S> best = bound.get(0);
            return new Use<>(best.service(), best.gate().enter());
        } finally {
            lock.unlock();
        }
    }

    /**
     * Runs a step on the best version of the service, within one call. A version that refuses because it is being replaced
     * is asked no more: the step runs again on the best one of that moment, at most {@value #ATTEMPTS} times.
     *
     * @return what came of the step
     * @throws DrainingException if no service came in time, or every attempt was refused
     * @throws InterruptedException if the waiting thread is interrupted, or the step was
     */
    public <T, F extends Exception> T call(Step<? super S, T, F> step)
            throws F, DrainingException, InterruptedException {
        for (int attempt = 1; ; attempt++) {
            try (Use<S> use = enter()) {
                try {
                    return step.on(use.service());
                } catch (DrainingException draining) {
                    if (attempt == ATTEMPTS) {
                        throw draining;
                    }
                }
            }
        }
    }

    /**
     * One call of a service. Close it when the call ends.
     *
     * @param service the version that serves this call
     * @param lease keeps that version until closed
     * @param <S> the service type
     */
    public record Use<S>(S service, Lease lease) implements AutoCloseable {
        @Override
        public void close() {
            lease.close();
        }
    }
}
