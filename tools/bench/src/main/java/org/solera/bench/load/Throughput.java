// SPDX-License-Identifier: Apache-2.0
package org.solera.bench.load;

import java.io.Closeable;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Counts how often several threads can do something in a second. */
public final class Throughput {
    private Throughput() {}

    /** What one thread does again and again. */
    @FunctionalInterface
    public interface Work extends Closeable {
        /** Does it once. */
        void once() throws IOException;

        @Override
        default void close() throws IOException {}
    }

    /** Makes the work of one thread. */
    @FunctionalInterface
    public interface WorkSource {
        /** {@return the work of a thread} */
        Work open(int thread) throws IOException;
    }

    /** {@return how often in a second all threads together did it} */
    public static double perSecond(int threads, Duration duration, WorkSource source)
            throws IOException, InterruptedException {
        ExecutorService executor = Executors.newFixedThreadPool(threads);
        try {
            long start = System.nanoTime();
            long end = start + duration.toNanos();
            List<Future<Integer>> counts = new ArrayList<>();
            for (int i = 0; i < threads; i++) {
                int thread = i;
                counts.add(executor.submit(() -> repeat(source, thread, end)));
            }
            int total = 0;
            for (Future<Integer> count : counts) {
                total += count.get();
            }
            return total / ((System.nanoTime() - start) / 1e9);
        } catch (ExecutionException e) {
            throw new IOException("The work failed: " + e.getCause(), e);
        } finally {
            executor.shutdownNow();
        }
    }

    private static int repeat(WorkSource source, int thread, long end) throws IOException {
        int count = 0;
        try (Work work = source.open(thread)) {
            while (System.nanoTime() < end) {
                work.once();
                count++;
            }
        }
        return count;
    }
}
