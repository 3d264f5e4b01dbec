// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.worker.internal;

import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.solera.platform.api.NamedExecutors;

/** Threads for tests; idle ones end at once, as the appliance's end after a minute. */
final class TestExecutors implements NamedExecutors {
    @Override
    public ExecutorService open(String domain, String purpose, int threads, int queue) {
        ThreadPoolExecutor pool = new ThreadPoolExecutor(
                threads, threads, 1, TimeUnit.MILLISECONDS, new ArrayBlockingQueue<>(Math.max(1, queue)));
        pool.allowCoreThreadTimeOut(true);
        return pool;
    }

    @Override
    public ScheduledExecutorService openScheduler(String domain, String purpose) {
        return Executors.newSingleThreadScheduledExecutor();
    }
}
