// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.worker.internal;

import java.time.Duration;
import org.solera.platform.api.SoleraException;
import org.solera.platform.api.WorkerPool;

/** A program of its own that opens a pool, keeps two workers busy for ever, and prints the ids of their processes. */
public final class OrphanProbe {
    private OrphanProbe() {}

    public static void main(String[] arguments) throws InterruptedException {
        SupervisedWorkers workers =
                new SupervisedWorkers(new TestExecutors(), new TestConfig(Boolean.parseBoolean(arguments[0]), 8, 256));
        WorkerPool pool = workers.open(Scripts.spec(arguments[1], 2));
        for (int i = 0; i < 2; i++) {
            new Thread(() -> hold(pool)).start();
        }
        while (workers.status().get(0).busy() < 2
                || ProcessHandle.current().children().count() < 2) {
            Thread.onSpinWait();
        }
        System.out.println("ready");
        System.out.flush();
        Thread.currentThread().join();
    }

    private static void hold(WorkerPool pool) {
        try {
            pool.call(Duration.ofMinutes(1), Duration.ofMinutes(10), (request, answer) -> Scripts.readLine(answer));
        } catch (SoleraException | InterruptedException ended) {
            System.err.println(ended);
        }
    }
}
