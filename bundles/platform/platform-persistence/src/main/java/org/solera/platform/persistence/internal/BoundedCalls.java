// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.persistence.internal;

import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.solera.platform.api.PlatformError;
import org.solera.platform.api.SoleraException;

/**
 * Runs calls on threads of the database, so that a database that hangs holds those and never a caller. A thread that hangs
 * comes back when its socket or its statement gives up; calls that were given up are skipped.
 */
final class BoundedCalls {
    private final ExecutorService threads;
    private final Limits limits;
    private final CallFigures figures;

    BoundedCalls(ExecutorService threads, Limits limits, CallFigures figures) {
        this.threads = threads;
        this.limits = limits;
        this.figures = figures;
    }

    <T> T run(Function<Call<T>, T> work) throws SoleraException {
        long start = System.nanoTime();
        Call<T> call = new Call<>(work);
        try {
            threads.execute(call);
        } catch (RejectedExecutionException full) {
            figures.refused();
            throw SqlFailures.of(
                    PlatformError.BUSY, "Too many calls wait for the database.", SqlFailures.TRY_AGAIN, full);
        }
        try {
            T result = await(call, start);
            figures.ended(System.nanoTime() - start);
            return result;
        } catch (SoleraException failure) {
            figures.failed(System.nanoTime() - start, failure);
            throw failure;
        } catch (InterruptedException interrupted) {
            boolean nothing = call.giveUp();
            Thread.currentThread().interrupt();
            throw SqlFailures.of(
                    PlatformError.BUSY,
                    nothing
                            ? "The call was interrupted."
                            : "The call was interrupted; whether it was stored is not known.",
                    "",
                    interrupted);
        }
    }

    private <T> T await(Call<T> call, long start) throws SoleraException, InterruptedException {
        if (!call.connected().await(limits.begin().toNanos(), TimeUnit.NANOSECONDS) && call.giveUp()) {
            throw SqlFailures.of(
                    PlatformError.BUSY,
                    "The database has no connection free, or is away.",
                    SqlFailures.TRY_AGAIN,
                    null);
        }
        figures.waited(System.nanoTime() - start);
        try {
            return outcome(call, limits.call().minusNanos(System.nanoTime() - start));
        } catch (TimeoutException slow) {
            if (call.giveUp()) {
                throw SqlFailures.tooSlow(slow);
            }
        }
        try {
            return outcome(call, limits.commit());
        } catch (TimeoutException slow) {
            throw SqlFailures.of(
                    PlatformError.BUSY,
                    "The database did not answer a commit in time; whether it was stored is not known.",
                    "Look whether it was stored before you repeat it.",
                    slow);
        }
    }

    private static <T> T outcome(Call<T> call, Duration limit)
            throws SoleraException, InterruptedException, TimeoutException {
        try {
            return call.outcome().get(Math.max(0, limit.toNanos()), TimeUnit.NANOSECONDS);
        } catch (ExecutionException failure) {
            Throwable cause = failure.getCause() == null ? failure : failure.getCause();
            SoleraException mapped = SqlFailures.of(cause);
            if (mapped != null) {
                throw mapped;
            }
            if (cause instanceof RuntimeException defect) {
                throw defect;
            }
            if (cause instanceof Error error) {
                throw error;
            }
            throw new IllegalStateException(cause);
        }
    }
}
