// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.core.internal;

import java.security.AccessController;
import java.security.PrivilegedAction;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.RunnableScheduledFuture;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Component;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.solera.platform.api.NamedExecutors;
import org.solera.platform.api.spi.MetricSource;

/** Makes daemon threads with telling names. Threads keep no class loader of the bundle that happened to start them. */
@Component(service = {NamedExecutors.class, MetricSource.class})
public final class BoundedExecutors implements NamedExecutors, MetricSource {
    private static final Logger log = LoggerFactory.getLogger(BoundedExecutors.class);
    private static final int IDLE_SECONDS = 30;
    private static final int SCHEDULED_LIMIT = 10_000;

    private final Set<Pool> pools = ConcurrentHashMap.newKeySet(); // those that have not ended

    @Override
    public ExecutorService open(String domain, String purpose, int threads, int queue) {
        Pool pool = new Pool(domain, purpose, threads, queue, pools);
        pools.add(pool);
        return pool;
    }

    @Override
    public void collect(Sink sink) {
        Map<String, long[]> figures = new TreeMap<>(); // name -> tasks that wait, bound; pools of one name are added up
        for (Pool pool : pools) {
            long[] sums = figures.computeIfAbsent(pool.name, absent -> new long[2]);
            sums[0] += pool.getQueue().size();
            sums[1] += pool.queueLimit;
        }
        figures.forEach((name, sums) -> {
            sink.gauge("solera_platform_executor_queued", "Tasks that wait for a thread", sums[0], "pool", name);
            sink.gauge("solera_platform_executor_queue_limit", "Tasks that may wait", sums[1], "pool", name);
        });
    }

    /** A pool that is known until it has ended. */
    private static final class Pool extends ThreadPoolExecutor {
        private final String name;
        private final int queueLimit;
        private final Set<Pool> known;

        Pool(String domain, String purpose, int threads, int queue, Set<Pool> known) {
            super(
                    0,
                    threads,
                    IDLE_SECONDS,
                    TimeUnit.SECONDS,
                    new IdleFirstLine(queue),
                    new Threads(domain, purpose),
                    (task, full) -> {
                        if (full.isShutdown() || !(full.getQueue() instanceof IdleFirstLine line && line.queue(task))) {
                            throw new RejectedExecutionException(
                                    "Pool %s-%s is full or closed.".formatted(domain, purpose));
                        }
                        // The last thread may have gone to rest, or the pool may have closed, between the two looks.
                        if ((full.getPoolSize() == 0 || full.isShutdown()) && line.remove(task)) {
                            full.execute(task);
                        }
                    });
            this.name = domain + "-" + purpose;
            this.queueLimit = queue;
            this.known = known;
        }

        @Override
        protected void terminated() {
            known.remove(this);
            super.terminated();
        }
    }

    @Override
    public ScheduledExecutorService openScheduler(String domain, String purpose) {
        return new Scheduler(domain, purpose);
    }

    /** Names threads and logs what they throw. */
    private record Threads(String prefix, AtomicInteger count) implements ThreadFactory {
        Threads(String domain, String purpose) {
            this("solera-" + domain + "-" + purpose + "-", new AtomicInteger());
        }

        // A thread remembers the protection domains on the stack that created it, and with them the class loaders of
        // bundles that may be replaced long before the thread ends. A privileged frame cuts that off.
        @Override
        @SuppressWarnings("removal")
        public Thread newThread(Runnable task) {
            return AccessController.doPrivileged((PrivilegedAction<Thread>) () -> {
                Thread thread = new Thread(null, task, prefix + count.incrementAndGet(), 0, false);
                thread.setDaemon(true);
                thread.setContextClassLoader(BoundedExecutors.class.getClassLoader());
                thread.setUncaughtExceptionHandler(
                        (which, failure) -> log.error("A task of thread {} failed.", which.getName(), failure));
                return thread;
            });
        }
    }

    /** A scheduler that logs what its tasks throw, because nobody asks a periodic task for its result. */
    private static final class Scheduler extends ScheduledThreadPoolExecutor {
        private final String name;

        Scheduler(String domain, String purpose) {
            super(1, new Threads(domain, purpose));
            this.name = domain + "-" + purpose;
            setRemoveOnCancelPolicy(true);
            setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
        }

        @Override
        protected <V> RunnableScheduledFuture<V> decorateTask(Runnable task, RunnableScheduledFuture<V> future) {
            if (getQueue().size() >= SCHEDULED_LIMIT) {
                throw new RejectedExecutionException(
                        "Scheduler %s holds %d tasks already.".formatted(name, SCHEDULED_LIMIT));
            }
            return future;
        }

        @Override
        protected void afterExecute(Runnable task, @Nullable Throwable thrown) {
            super.afterExecute(task, thrown);
            if (task instanceof Future<?> future && future.isDone()) {
                try {
                    future.get();
                } catch (CancellationException cancelled) {
                    log.debug("A task of scheduler {} was cancelled.", name);
                } catch (ExecutionException failure) {
                    log.error("A task of scheduler {} failed and will not run again.", name, failure.getCause());
                } catch (InterruptedException interrupted) {
                    Thread.currentThread().interrupt();
                }
            }
        }
    }
}
