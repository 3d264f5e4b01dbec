// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.operations.internal;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.solera.platform.api.NamedExecutors;

/** Threads for tests, all ended by {@link #close}. */
final class TestExecutors implements NamedExecutors, AutoCloseable {
    private final List<ExecutorService> opened = new ArrayList<>();

    @Override
    public ExecutorService open(String domain, String purpose, int threads, int queue) {
        ExecutorService executor =
                new ThreadPoolExecutor(threads, threads, 1, TimeUnit.MINUTES, new ArrayBlockingQueue<>(queue));
        opened.add(executor);
        return executor;
    }

    @Override
    public ScheduledExecutorService openScheduler(String domain, String purpose) {
        ScheduledExecutorService scheduler = Executors.newSingleThreadScheduledExecutor();
        opened.add(scheduler);
        return scheduler;
    }

    @Override
    public void close() {
        opened.forEach(ExecutorService::shutdownNow);
    }
}
