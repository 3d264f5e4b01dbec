// SPDX-License-Identifier: Apache-2.0
package org.solera.media.image.internal;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.solera.platform.api.PlatformError;
import org.solera.platform.api.SoleraException;
import org.solera.platform.api.WorkerPool;

/**
 * Calls workers for work that can be done again. That a worker dies, killed from outside or by what an earlier image left
 * in it, is mostly no fault of the request that it holds; such a request goes once to another worker. Both tries together
 * work no longer than the limit of one, and a request that used up its limit is not tried again. Thread-safe.
 */
final class RetriedCalls {
    private final WorkerPool pool;
    private final Duration patience;
    private final Duration limit;
    private final LongSupplier nanoClock;

    /**
     * @param pool the workers
     * @param patience the longest wait for a worker, in each try
     * @param limit the longest work on a request, in both tries together
     * @param nanoClock nanoseconds from any origin
     */
    RetriedCalls(WorkerPool pool, Duration patience, Duration limit, LongSupplier nanoClock) {
        this.pool = pool;
        this.patience = patience;
        this.limit = limit;
        this.nanoClock = nanoClock;
    }

    /**
     * Runs an exchange with a worker, or with two.
     *
     * @param exchange must be fit to run again from its beginning
     * @throws SoleraException as {@link WorkerPool#call}, of the last try
     */
    <R> R run(WorkerPool.Exchange<R> exchange) throws SoleraException, InterruptedException {
        AtomicLong began = new AtomicLong(nanoClock.getAsLong());
        try {
            return pool.call(patience, limit, (request, answer) -> {
                began.set(nanoClock.getAsLong());
                return exchange.exchange(request, answer);
            });
        } catch (SoleraException failure) {
            Duration left = limit.minusNanos(nanoClock.getAsLong() - began.get());
            if (failure.code() != PlatformError.WORKER_UNAVAILABLE || left.isNegative() || left.isZero()) {
                throw failure;
            }
            return pool.call(patience, left, exchange);
        }
    }
}
