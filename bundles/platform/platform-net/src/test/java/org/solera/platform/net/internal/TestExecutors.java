// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.net.internal;

import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.solera.platform.api.NamedExecutors;

/** Pools with the names of the appliance. */
final class TestExecutors implements NamedExecutors {
    @Override
    public ExecutorService open(String domain, String purpose, int threads, int queue) {
        return new ThreadPoolExecutor(
                threads,
                threads,
                60,
                TimeUnit.SECONDS,
                queue == 0 ? new SynchronousQueue<>() : new ArrayBlockingQueue<>(queue),
                threads(domain, purpose));
    }

    @Override
    public ScheduledExecutorService openScheduler(String domain, String purpose) {
        return new ScheduledThreadPoolExecutor(1, threads(domain, purpose));
    }

    private static ThreadFactory threads(String domain, String purpose) {
        AtomicInteger count = new AtomicInteger();
        return task -> {
            Thread thread = new Thread(task, "solera-" + domain + "-" + purpose + "-" + count.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        };
    }
}
