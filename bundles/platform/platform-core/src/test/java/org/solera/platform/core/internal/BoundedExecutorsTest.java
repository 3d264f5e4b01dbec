// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.core.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.solera.platform.api.spi.MetricSource;

class BoundedExecutorsTest {
    @Test
    void threadsHaveTellingNamesAndNoForeignClassLoader() throws InterruptedException, ExecutionException {
        ExecutorService pool = new BoundedExecutors().open("storage", "commit", 1, 1);
        try {
            Thread thread = pool.submit(Thread::currentThread).get();
            assertEquals("solera-storage-commit-1", thread.getName());
            assertTrue(thread.isDaemon());
            assertSame(BoundedExecutors.class.getClassLoader(), thread.getContextClassLoader());
        } finally {
            pool.shutdownNow();
        }
    }

    @Test
    void aTaskBeyondTheQueueIsRefused() {
        for (int queue : new int[] {0, 2}) {
            CountDownLatch release = new CountDownLatch(1);
            ExecutorService pool = new BoundedExecutors().open("storage", "commit", 1, queue);
            try {
                for (int i = 0; i < 1 + queue; i++) {
                    pool.execute(() -> await(release));
                }
                assertThrows(RejectedExecutionException.class, () -> pool.execute(() -> {}));
            } finally {
                release.countDown();
                pool.shutdownNow();
            }
        }
    }

    @Test
    void aThreadThatIdlesIsUsedBeforeANewOneIsMade() throws InterruptedException, ExecutionException {
        ExecutorService pool = new BoundedExecutors().open("net", "http", 64, 64);
        try {
            Set<Thread> used = new HashSet<>();
            for (int i = 0; i < 200; i++) {
                used.add(pool.submit(Thread::currentThread).get());
            }
            // A thread that has just answered may not wait for work yet, so a second or third one can appear.
            assertTrue(used.size() < 10, () -> used.size() + " threads for one task at a time");
        } finally {
            pool.shutdownNow();
        }
    }

    @Test
    void tasksWaitOnlyWhenAllThreadsAreBusy() throws InterruptedException {
        CountDownLatch release = new CountDownLatch(1);
        CountDownLatch running = new CountDownLatch(3);
        ExecutorService pool = new BoundedExecutors().open("net", "http", 3, 8);
        try {
            for (int i = 0; i < 8; i++) {
                pool.execute(() -> {
                    running.countDown();
                    await(release);
                });
            }
            assertTrue(running.await(10, TimeUnit.SECONDS), "three run at the same time, five wait");
        } finally {
            release.countDown();
            pool.shutdownNow();
        }
    }

    @Test
    void tellsHowFullEachPoolIsUntilItHasEnded() {
        BoundedExecutors executors = new BoundedExecutors();
        CountDownLatch release = new CountDownLatch(1);
        ExecutorService pool = executors.open("net", "http", 1, 8);
        try {
            for (int i = 0; i < 4; i++) {
                pool.execute(() -> await(release));
            }
            assertEquals(
                    Map.of(
                            "solera_platform_executor_queued net-http", 3.0,
                            "solera_platform_executor_queue_limit net-http", 8.0),
                    figures(executors));
        } finally {
            release.countDown();
            pool.shutdownNow();
        }
        org.awaitility.Awaitility.await().until(() -> figures(executors).isEmpty());
    }

    private static Map<String, Double> figures(BoundedExecutors executors) {
        Map<String, Double> figures = new HashMap<>();
        executors.collect(new MetricSource.Sink() {
            @Override
            public void counter(String name, String help, double value, String... labels) {
                throw new UnsupportedOperationException();
            }

            @Override
            public void gauge(String name, String help, double value, String... labels) {
                figures.put(name + " " + labels[1], value);
            }

            @Override
            public void histogram(
                    String name, String help, double[] bounds, long[] counts, double sum, String... labels) {
                throw new UnsupportedOperationException();
            }
        });
        return figures;
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
