// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.core.internal;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class IdleFirstLineTest {
    private final List<ThreadPoolExecutor> pools = new ArrayList<>();

    private ThreadPoolExecutor pool(int threads, int queue) {
        ThreadPoolExecutor pool = (ThreadPoolExecutor) new BoundedExecutors().open("net", "http", threads, queue);
        pools.add(pool);
        return pool;
    }

    @AfterEach
    void close() {
        pools.forEach(ThreadPoolExecutor::shutdownNow);
    }

    @Test
    void littleWorkAfterARushKeepsFewThreads() throws Exception {
        ThreadPoolExecutor pool = pool(16, 0);
        CyclicBarrier rush = new CyclicBarrier(17);
        for (int i = 0; i < 16; i++) {
            pool.execute(() -> meet(rush));
        }
        meet(rush);
        await().until(() -> pool.getActiveCount() == 0);
        Set<Thread> used = new HashSet<>();
        for (int i = 0; i < 100; i++) {
            used.add(pool.submit(Thread::currentThread).get());
            await().pollDelay(Duration.ZERO).pollInterval(Duration.ofMillis(1)).until(() -> pool.getActiveCount() == 0);
        }
        assertEquals(16, pool.getPoolSize());
        assertTrue(used.size() <= 4, () -> used.size() + " of 16 threads are kept busy by one task at a time");
    }

    @Test
    void tasksThatWaitRunInOrderAndOneBeyondTheBoundIsRefused() {
        ThreadPoolExecutor pool = pool(1, 3);
        CountDownLatch release = new CountDownLatch(1);
        List<Integer> order = Collections.synchronizedList(new ArrayList<>());
        pool.execute(() -> rest(release));
        for (int i = 0; i < 3; i++) {
            int number = i;
            pool.execute(() -> order.add(number));
        }
        assertThrows(RejectedExecutionException.class, () -> pool.execute(() -> order.add(9)));
        release.countDown();
        await().until(() -> order.size() == 3);
        assertEquals(List.of(0, 1, 2), order);
    }

    @Test
    void everyTaskOfManySubmittersRunsOnceWhileThreadsEndAllTheTime() throws InterruptedException {
        AtomicInteger ran = new AtomicInteger();
        ThreadPoolExecutor pool = pool(2, 40_000);
        pool.setKeepAliveTime(1, TimeUnit.MICROSECONDS);
        List<Thread> submitters = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            Thread submitter = new Thread(() -> {
                for (int j = 0; j < 10_000; j++) {
                    pool.execute(ran::incrementAndGet);
                }
            });
            submitters.add(submitter);
            submitter.start();
        }
        for (Thread submitter : submitters) {
            submitter.join();
        }
        await().until(() -> ran.get() == 40_000 && pool.getPoolSize() == 0);
        assertEquals(40_000, pool.getCompletedTaskCount());
    }

    @Test
    void aClosedPoolRefusesAndGivesBackWhatWaits() {
        ThreadPoolExecutor pool = pool(1, 2);
        CountDownLatch release = new CountDownLatch(1);
        pool.execute(() -> rest(release));
        Runnable waits = () -> {};
        pool.execute(waits);
        assertEquals(List.of(waits), pool.shutdownNow());
        assertThrows(RejectedExecutionException.class, () -> pool.execute(() -> {}));
    }

    @Test
    void aPoolThatEndsInOrderRunsWhatWaits() throws InterruptedException {
        ThreadPoolExecutor pool = pool(1, 2);
        CountDownLatch release = new CountDownLatch(1);
        CountDownLatch ran = new CountDownLatch(2);
        pool.execute(() -> rest(release));
        pool.execute(ran::countDown);
        pool.execute(ran::countDown);
        pool.shutdown();
        release.countDown();
        assertTrue(pool.awaitTermination(10, TimeUnit.SECONDS));
        assertEquals(0, ran.getCount());
    }

    @Test
    void nobodyWaitsInAnEmptyLineLongerThanAsked() throws InterruptedException {
        IdleFirstLine line = new IdleFirstLine(1);
        assertNull(line.poll(1, TimeUnit.NANOSECONDS));
        assertFalse(line.offer(() -> {}), "the thread that gave up is not given a task");
        Runnable task = () -> {};
        assertTrue(line.queue(task));
        assertFalse(line.queue(task));
        assertEquals(0, line.remainingCapacity());
        assertEquals(task, line.take());
        assertEquals(0, line.size());
    }

    private static void meet(CyclicBarrier barrier) {
        try {
            barrier.await(10, TimeUnit.SECONDS);
        } catch (Exception broken) {
            throw new IllegalStateException(broken);
        }
    }

    private static void rest(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
