// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.worker.internal;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import org.solera.platform.api.NamedExecutors;

/**
 * Starts all processes on one thread that lives as long as this object. The kernel's parent-death signal follows the
 * thread that started a process, not its whole parent: a process started by a pooled thread would be killed when that
 * thread goes. Thread-safe.
 */
final class ProcessStarter implements AutoCloseable {
    private static final int QUEUE = 256;

    private record Order(List<String> command, Map<String, String> environment, CompletableFuture<Process> started) {}

    private final BlockingQueue<Order> orders = new ArrayBlockingQueue<>(QUEUE);
    private final ExecutorService thread;
    private volatile boolean closed;

    ProcessStarter(NamedExecutors executors) {
        this.thread = executors.open("platform", "worker-start", 1, 1);
        thread.execute(this::serve);
    }

    private void serve() {
        try {
            while (!closed) {
                Order order = orders.take();
                try {
                    Process process = Jail.start(order.command(), order.environment());
                    if (!order.started().complete(process)) {
                        process.destroyForcibly();
                    }
                } catch (IOException | RuntimeException failure) {
                    order.started().completeExceptionally(failure);
                }
            }
        } catch (InterruptedException closing) {
            Thread.currentThread().interrupt();
        }
    }

    /**
     * Starts a process.
     *
     * @throws IOException if it cannot be started
     * @throws InterruptedException if the waiting thread is interrupted; the process is then ended
     */
    Process start(List<String> command, Map<String, String> environment) throws IOException, InterruptedException {
        Order order = new Order(command, environment, new CompletableFuture<>());
        if (closed || !orders.offer(order)) {
            throw new IOException(closed ? "The appliance is stopping." : "Too many processes wait to be started.");
        }
        try {
            return order.started().get();
        } catch (ExecutionException failure) {
            throw new IOException(String.valueOf(failure.getMessage()), failure);
        } catch (InterruptedException interrupted) {
            if (!order.started().cancel(false) && !order.started().isCompletedExceptionally()) {
                order.started().join().destroyForcibly();
            }
            throw interrupted;
        }
    }

    @Override
    public void close() {
        closed = true;
        thread.shutdownNow();
        for (Order order = orders.poll(); order != null; order = orders.poll()) {
            order.started().completeExceptionally(new IOException("The appliance is stopping."));
        }
    }
}
