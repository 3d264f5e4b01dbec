// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.core.internal;

import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.solera.platform.api.OwnerEpoch;
import org.solera.platform.api.PlatformError;
import org.solera.platform.api.SoleraException;
import org.solera.platform.api.spi.ExclusiveOwner;

/** Calls owners with a time limit, so that one that hangs blocks nobody. Thread-safe. */
final class OwnerCalls {
    private static final Logger log = LoggerFactory.getLogger(OwnerCalls.class);

    private enum Outcome {
        PENDING,
        OPENED,
        ABANDONED
    }

    private final ExecutorService executor;
    private final Duration limit;

    /**
     * @param executor runs the calls; an owner that hangs keeps its thread
     * @param limit the longest time of one open or close
     */
    OwnerCalls(ExecutorService executor, Duration limit) {
        this.executor = executor;
        this.limit = limit;
    }

    /**
     * Opens an owner. If that takes too long the epoch is revoked, and the owner is closed as soon as it returns.
     *
     * @throws SoleraException if the owner refuses, fails or takes too long
     */
    void open(ExclusiveOwner owner, OwnerEpoch epoch) throws SoleraException {
        AtomicReference<Outcome> outcome = new AtomicReference<>(Outcome.PENDING);
        try {
            Future<?> call = executor.submit(() -> {
                owner.open(epoch);
                if (!outcome.compareAndSet(Outcome.PENDING, Outcome.OPENED)) {
                    owner.close();
                }
                return null;
            });
            call.get(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException failure) {
            epoch.revoke();
            throw asSolera(epoch.resource(), failure.getCause());
        } catch (TimeoutException late) {
            abandon(outcome, epoch, "did not open within %d s".formatted(limit.toSeconds()), late);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            abandon(outcome, epoch, "was interrupted while it opened", interrupted);
        } catch (RejectedExecutionException full) {
            epoch.revoke();
            throw new SoleraException(
                    PlatformError.BUSY,
                    epoch.resource() + " cannot be opened: too many owners hang.",
                    "Restart the appliance.",
                    full);
        }
    }

    private static void abandon(AtomicReference<Outcome> outcome, OwnerEpoch epoch, String what, Exception cause)
            throws SoleraException {
        if (outcome.compareAndSet(Outcome.PENDING, Outcome.ABANDONED)) {
            epoch.revoke();
            throw new SoleraException(
                    PlatformError.INTERNAL,
                    "The new owner of %s %s.".formatted(epoch.resource(), what),
                    "Look at the log for what it waits for.",
                    cause);
        }
    }

    private static SoleraException asSolera(String resource, @Nullable Throwable cause) {
        if (cause instanceof SoleraException known) {
            return known;
        }
        return new SoleraException(
                PlatformError.INTERNAL,
                "The owner of %s failed to open: %s".formatted(resource, cause),
                "This is a defect; look at the log.",
                cause);
    }

    /**
     * Closes an owner; a failure is logged, because nothing else can be done.
     *
     * @param patience the longest wait, at most the limit of one call
     * @return whether it closed cleanly in time
     */
    boolean close(ExclusiveOwner owner, String resource, Duration patience) {
        Duration wait = patience.compareTo(limit) < 0 ? patience : limit;
        try {
            Future<?> call = executor.submit(owner::close);
            call.get(wait.toMillis(), TimeUnit.MILLISECONDS);
            return true;
        } catch (ExecutionException failure) {
            log.error("The owner of {} failed to close.", resource, failure.getCause());
        } catch (TimeoutException late) {
            log.error("The owner of {} did not close within {} ms; its epoch is revoked.", resource, wait.toMillis());
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            log.error("Interrupted while the owner of {} closed; its epoch is revoked.", resource);
        } catch (RejectedExecutionException full) {
            log.error("The owner of {} cannot be closed: too many owners hang.", resource);
        }
        return false;
    }
}
