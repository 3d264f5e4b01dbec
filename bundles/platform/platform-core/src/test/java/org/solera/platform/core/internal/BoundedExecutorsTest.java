// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.core.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.Test;

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

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
