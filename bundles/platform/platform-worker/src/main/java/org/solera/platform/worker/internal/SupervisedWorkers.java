// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.worker.internal;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArraySet;
import java.util.concurrent.ScheduledExecutorService;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.metatype.annotations.Designate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.solera.platform.api.HealthReport;
import org.solera.platform.api.NamedExecutors;
import org.solera.platform.api.WorkerPool;
import org.solera.platform.api.WorkerSpec;
import org.solera.platform.api.Workers;
import org.solera.platform.api.spi.HealthCheck;
import org.solera.platform.api.spi.MetricSource;

/** Opens pools of worker processes and answers for all of them. Thread-safe. */
@Component(
        service = {Workers.class, HealthCheck.class, MetricSource.class},
        configurationPid = "solera.platform.worker")
@Designate(ocd = WorkersConfig.class)
public final class SupervisedWorkers implements Workers, HealthCheck, MetricSource {
    private static final Logger log = LoggerFactory.getLogger(SupervisedWorkers.class);

    private final Jail jail;
    private final boolean wantJail;
    private final int waitersPerWorker;
    private final ProcessStarter starter;
    private final ScheduledExecutorService scheduler;
    private final Set<SupervisedPool> pools = new CopyOnWriteArraySet<>();

    /**
     * @param executors where threads come from
     * @param config settings of all workers
     * @throws InterruptedException if the activating thread is interrupted while the jail is tried
     */
    @Activate
    public SupervisedWorkers(@Reference NamedExecutors executors, WorkersConfig config) throws InterruptedException {
        this.wantJail = config.jail();
        this.waitersPerWorker = Math.max(1, config.waitersPerWorker());
        this.jail = Jail.find(wantJail, Math.max(32, config.openFiles()));
        this.starter = new ProcessStarter(executors);
        this.scheduler = executors.openScheduler("platform", "worker-watch");
        log.info("Worker processes run with: {}.", jail);
    }

    @Override
    public WorkerPool open(WorkerSpec spec) {
        if (spec.maximum() < 1 || spec.maximumRequests() < 1 || spec.command().isEmpty()) {
            throw new IllegalArgumentException("a pool needs a command, one worker and one request at least");
        }
        SupervisedPool pool = new SupervisedPool(
                spec, jail, starter, scheduler, Math.multiplyExact(spec.maximum(), waitersPerWorker), pools::remove);
        pools.add(pool);
        return pool;
    }

    @Override
    public List<PoolStatus> status() {
        return pools.stream().map(SupervisedPool::status).toList();
    }

    @Override
    public String name() {
        return "platform.worker";
    }

    @Override
    public HealthReport check() {
        for (SupervisedPool pool : pools) {
            String failure = pool.failure();
            if (!failure.isEmpty()) {
                return HealthReport.degraded(
                        "The workers of " + pool.status().name() + " fail. " + failure,
                        "Read the log of the appliance for what the workers said.");
            }
        }
        if (jail.jailed()) {
            return HealthReport.up("Worker processes run in a " + jail + ".");
        }
        return wantJail
                ? HealthReport.degraded(
                        "Worker processes run without a jail, because bubblewrap is missing or does not work here.",
                        "Run: apt-get install bubblewrap, allow user namespaces, then restart the appliance.")
                : HealthReport.degraded(
                        "Worker processes run without a jail, because the configuration says so.",
                        "Set jail=true in solera.platform.worker.");
    }

    @Override
    public void collect(Sink sink) {
        // During a swap two pools carry one name; a time series may appear only once.
        Map<String, Figures> figures = new TreeMap<>();
        pools.forEach(pool -> figures.computeIfAbsent(pool.status().name(), name -> new Figures())
                .add(pool));
        figures.forEach((name, sum) -> sum.write(sink, name));
    }

    /** Sums over the pools of one name. */
    private static final class Figures {
        private int running;
        private int busy;
        private int waiting;
        private long restarts;
        private long limitKills;
        private double waitSeconds;
        private final long[] waitCounts = new long[WaitTimes.bounds().length + 1];

        void add(SupervisedPool pool) {
            PoolStatus status = pool.status();
            running += status.running();
            busy += status.busy();
            waiting += status.waiting();
            restarts += status.restarts();
            limitKills += pool.limitKills();
            waitSeconds += pool.waits().addTo(waitCounts);
        }

        void write(Sink sink, String pool) {
            sink.gauge("solera_platform_workers_running", "Worker processes alive.", running, "pool", pool);
            sink.gauge("solera_platform_workers_busy", "Worker processes that serve a request.", busy, "pool", pool);
            sink.gauge("solera_platform_worker_callers_waiting", "Callers that wait.", waiting, "pool", pool);
            sink.counter(
                    "solera_platform_worker_restarts_total", "Workers that ended unasked.", restarts, "pool", pool);
            sink.counter(
                    "solera_platform_worker_limit_kills_total",
                    "Workers ended at the time limit of a request.",
                    limitKills,
                    "pool",
                    pool);
            sink.histogram(
                    "solera_platform_worker_wait_seconds",
                    "Time that callers waited for a worker.",
                    WaitTimes.bounds(),
                    waitCounts,
                    waitSeconds,
                    "pool",
                    pool);
        }
    }

    /** Ends every worker of every pool. */
    @Deactivate
    public void close() {
        pools.forEach(SupervisedPool::close);
        scheduler.shutdownNow();
        starter.close();
    }
}
