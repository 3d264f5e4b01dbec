// SPDX-License-Identifier: Apache-2.0
package org.solera.media.image.internal;

import java.lang.annotation.Annotation;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.solera.platform.api.NamedExecutors;
import org.solera.platform.worker.internal.SupervisedWorkers;
import org.solera.platform.worker.internal.WorkersConfig;

/** Real workers for tests. */
@SuppressWarnings("all")
final class TestWorkers {
    private record Config(boolean jail, int waitersPerWorker, int openFiles) implements WorkersConfig {
        @Override
        public Class<? extends Annotation> annotationType() {
            return WorkersConfig.class;
        }
    }

    private TestWorkers() {}

    static SupervisedWorkers open() throws InterruptedException {
        return new SupervisedWorkers(
                new NamedExecutors() {
                    @Override
                    public ExecutorService open(String domain, String purpose, int threads, int queue) {
                        return Executors.newFixedThreadPool(threads);
                    }

                    @Override
                    public ScheduledExecutorService openScheduler(String domain, String purpose) {
                        return Executors.newSingleThreadScheduledExecutor();
                    }
                },
                new Config(true, 64, 256));
    }

    record ImageSettings(
            int workers,
            int timeoutSeconds,
            int patienceSeconds,
            int idleSeconds,
            int memoryMiB,
            int maxMegapixels,
            int maxResultMegapixels,
            int maxFrames)
            implements ImageConfig {
        @Override
        public Class<? extends Annotation> annotationType() {
            return ImageConfig.class;
        }
    }
}
