// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.notices.internal;

import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.solera.platform.api.NamedExecutors;

/** Plain pools with the same bounds. */
final class TestExecutors implements NamedExecutors {
    @Override
    public ExecutorService open(String domain, String purpose, int threads, int queue) {
        return new ThreadPoolExecutor(threads, threads, 1, TimeUnit.SECONDS, new ArrayBlockingQueue<>(queue));
    }

    @Override
    public ScheduledExecutorService openScheduler(String domain, String purpose) {
        return Executors.newSingleThreadScheduledExecutor();
    }
}
