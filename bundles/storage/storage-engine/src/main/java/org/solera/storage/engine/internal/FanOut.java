// SPDX-License-Identifier: Apache-2.0
package org.solera.storage.engine.internal;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.RejectedExecutionException;

/** Does the same on several drives at one time. When the pool is full the caller does all of it. Thread-safe. */
final class FanOut {
    /** What is done on one drive. */
    @FunctionalInterface
    interface Step {
        void run(Drive drive) throws IOException;
    }

    private final ExecutorService pool;

    FanOut(ExecutorService pool) {
        this.pool = pool;
    }

    /** Runs the step on every drive; {@return the drives on which it failed, with the cause} */
    Map<Drive, IOException> run(List<Drive> drives, Step step) {
        List<Future<?>> elsewhere = new ArrayList<>();
        Map<Drive, IOException> failures = new HashMap<>();
        for (int i = 1; i < drives.size(); i++) {
            elsewhere.add(start(drives.get(i), step));
        }
        if (!drives.isEmpty()) {
            attempt(drives.get(0), step, failures);
        }
        for (int i = 1; i < drives.size(); i++) {
            await(drives.get(i), elsewhere.get(i - 1), failures);
        }
        return failures;
    }

    private Future<?> start(Drive drive, Step step) {
        Callable<Boolean> task = () -> {
            step.run(drive);
            return true;
        };
        try {
            return pool.submit(task);
        } catch (RejectedExecutionException full) {
            FutureTask<Boolean> inline = new FutureTask<>(task);
            inline.run();
            return inline;
        }
    }

    private static void attempt(Drive drive, Step step, Map<Drive, IOException> failures) {
        try {
            step.run(drive);
        } catch (IOException failure) {
            failures.put(drive, failure);
        }
    }

    private static void await(Drive drive, Future<?> task, Map<Drive, IOException> failures) {
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    task.get();
                    return;
                } catch (InterruptedException later) {
                    interrupted = true; // a half-done commit cannot be left; the flag is restored below
                } catch (ExecutionException failure) {
                    failures.put(
                            drive,
                            failure.getCause() instanceof IOException cause
                                    ? cause
                                    : new IOException("unexpected failure", failure.getCause()));
                    return;
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
