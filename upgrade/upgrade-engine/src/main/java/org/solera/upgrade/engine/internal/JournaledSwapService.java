// SPDX-License-Identifier: Apache-2.0
package org.solera.upgrade.engine.internal;

import static org.osgi.service.component.annotations.ReferenceCardinality.MULTIPLE;
import static org.osgi.service.component.annotations.ReferencePolicy.DYNAMIC;

import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.LongAdder;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.metatype.annotations.Designate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.solera.platform.api.Lease;
import org.solera.platform.api.NamedExecutors;
import org.solera.platform.api.ServiceGate;
import org.solera.platform.api.SoleraException;
import org.solera.platform.api.operations.Operations;
import org.solera.platform.api.spi.MetricSource;
import org.solera.upgrade.api.SwapPhase;
import org.solera.upgrade.api.SwapPlan;
import org.solera.upgrade.api.SwapRecord;
import org.solera.upgrade.api.SwapService;
import org.solera.upgrade.api.UpgradeError;
import org.solera.upgrade.api.UpgradeException;

/**
 * Plans swaps and runs them on a thread of its own, so that a swap goes on when the bundle that asked for it is the one
 * that is replaced. Thread-safe.
 */
@Component(
        service = {SwapService.class, MetricSource.class},
        configurationPid = "solera.upgrade.swap")
@Designate(ocd = SwapConfig.class)
public final class JournaledSwapService implements SwapService, MetricSource {
    private static final Logger log = LoggerFactory.getLogger(JournaledSwapService.class);
    private static final int KEPT_PLANS = 16;

    /** Long enough for a health check that compares the record, too short for another change. */
    private static final Duration PATIENCE = Duration.ofSeconds(1);

    /** A swap that runs. */
    private record Begun(long id, AtomicBoolean cancelled, CompletableFuture<Void> end, SwapReport report) {}

    private final SwapExecution.Tools tools;
    private final SwapExecution.Limits limits;
    private final SwapPlanner planner;
    private final ExecutorService executor;
    private final ServiceGate<Operations> operations = new ServiceGate<>("The list of operations");
    private final LongAdder done = new LongAdder();
    private final LongAdder takenBack = new LongAdder();
    private volatile double lastSeconds;
    private final Map<String, PlannedSwap> plans = new LinkedHashMap<>(); // guarded by itself; oldest first

    @Activate
    public JournaledSwapService(
            @Reference UpgradeStore store,
            @Reference FeatureContainer features,
            @Reference RunningBundles bundles,
            @Reference NamedExecutors executors,
            SwapConfig config) {
        this(
                new SwapExecution.Tools(store, features, bundles, new RealPause()),
                new SwapExecution.Limits(
                        Duration.ofSeconds(config.startSeconds()),
                        Duration.ofMillis(config.soakMillis()),
                        Duration.ofSeconds(config.drainSeconds()),
                        Duration.ofSeconds(config.removalSeconds())),
                executors);
    }

    JournaledSwapService(SwapExecution.Tools tools, SwapExecution.Limits limits, NamedExecutors executors) {
        this.tools = tools;
        this.limits = limits;
        this.planner = new SwapPlanner(tools);
        this.executor = executors.open("upgrade", "swap", 1, 1);
    }

    @Reference(cardinality = MULTIPLE, policy = DYNAMIC)
    void bindOperations(Operations service, Map<String, ?> properties) {
        operations.bind(service, properties);
    }

    void unbindOperations(Operations service) {
        if (!operations.unbind(service)) {
            log.warn("The list of operations left while it was used.");
        }
    }

    /** Ends the thread. A swap that runs stays open in the journal; the next boot closes it by the record. */
    @Deactivate
    void close() {
        executor.shutdownNow();
    }

    /** Time as it passes. */
    private static final class RealPause implements Pause {
        @Override
        public long nanoTime() {
            return System.nanoTime();
        }

        @Override
        public void await(Duration time) throws InterruptedException {
            TimeUnit.NANOSECONDS.sleep(time.toNanos());
        }
    }

    @Override
    public SwapPlan plan(Path bundleFile) throws SoleraException {
        BundleFile file = BundleFile.read(bundleFile);
        return tools.store().lock().during(PATIENCE, () -> keep(planner.plan(file)));
    }

    private SwapPlan keep(PlannedSwap planned) {
        synchronized (plans) {
            plans.remove(planned.plan().hash());
            plans.put(planned.plan().hash(), planned);
            if (plans.size() > KEPT_PLANS) {
                plans.remove(plans.keySet().iterator().next());
            }
        }
        return planned.plan();
    }

    @Override
    public SwapRecord execute(String planHash) throws UpgradeException, InterruptedException {
        Begun begun = start(planHash);
        try {
            begun.end().get();
        } catch (InterruptedException gaveUp) {
            begun.cancelled().set(true);
            throw gaveUp;
        } catch (ExecutionException defect) {
            throw new UpgradeException(
                    UpgradeError.UNHEALTHY,
                    "The swap met a defect: %s.".formatted(defect.getCause()),
                    "Restart the appliance: it then runs what the record says.",
                    defect);
        }
        return require(begun.id());
    }

    @Override
    public SwapRecord begin(String planHash) throws UpgradeException {
        return require(start(planHash).id());
    }

    private SwapRecord require(long id) {
        return find(id).orElseThrow(() -> new IllegalStateException("Swap " + id + " is not in the journal."));
    }

    private Begun start(String planHash) throws UpgradeException {
        UpgradeStore store = tools.store();
        Lease lease = store.lock().take(PATIENCE);
        boolean running = false;
        SwapReport report = SwapReport.NONE;
        try {
            PlannedSwap planned = fresh(planHash);
            SwapPlan plan = planned.plan();
            long id = store.journal()
                    .begin(
                            plan.bundle(),
                            plan.fromVersion(),
                            plan.toVersion(),
                            planned.newFeature(),
                            "Begins, by plan %s.".formatted(planHash.substring(0, 12)));
            AtomicBoolean cancelled = new AtomicBoolean();
            report = SwapReport.of(operations.peek(), plan, () -> cancelled.set(true));
            Begun begun = new Begun(id, cancelled, new CompletableFuture<>(), report);
            executor.execute(() -> run(begun, planned, lease));
            running = true;
            return begun;
        } catch (RejectedExecutionException stopping) {
            throw new UpgradeException(
                    UpgradeError.BUSY,
                    "The appliance stops; no swap begins now.",
                    "Try again after its start.",
                    stopping);
        } finally {
            if (!running) {
                lease.close();
                report.ended(Optional.empty());
            }
        }
    }

    private void run(Begun begun, PlannedSwap planned, Lease lease) {
        long began = System.nanoTime();
        Throwable failure = null;
        try (lease) {
            new SwapExecution(begun.id(), planned, tools, limits, () -> check(begun), begun.report()).run();
            prune();
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            log.warn("The appliance stops during swap {}; the next boot closes it by the record.", begun.id());
            failure = stopping;
        } catch (RuntimeException defect) {
            log.error("Swap {} met a defect.", begun.id(), defect);
            failure = defect;
        }
        count(begun.id(), System.nanoTime() - began);
        if (!(failure instanceof InterruptedException)) {
            begun.report().ended(find(begun.id())); // else the next boot marks it as interrupted
        }
        if (failure == null) {
            begun.end().complete(null);
        } else {
            begun.end().completeExceptionally(failure);
        }
    }

    private void prune() {
        try {
            tools.store().prune(plannedAddresses());
        } catch (UpgradeException kept) {
            log.warn("Old packages are kept until the next swap.", kept);
        }
    }

    private void count(long id, long tookNanos) {
        lastSeconds = tookNanos / 1e9;
        if (find(id).filter(swap -> swap.phase() == SwapPhase.DONE).isPresent()) {
            done.increment();
        } else {
            takenBack.increment();
        }
    }

    private static void check(Begun begun) throws UpgradeException, InterruptedException {
        if (Thread.currentThread().isInterrupted()) {
            throw new InterruptedException("The appliance stops.");
        }
        if (begun.cancelled().get()) {
            throw new UpgradeException(UpgradeError.BUSY, "The caller gave up before the commit.", "Swap again.", null);
        }
    }

    private PlannedSwap fresh(String planHash) throws UpgradeException {
        PlannedSwap planned;
        synchronized (plans) {
            planned = plans.get(planHash);
        }
        if (planned == null
                || !planned.recordHash().equals(tools.store().record().sha256())
                || !tools.bundles().named(planned.plan().bundle()).contains(planned.old())) {
            throw new UpgradeException(
                    UpgradeError.STALE_PLAN,
                    "There is no such plan, or what is installed has changed since it was made.",
                    "Make the plan again, look at it, then execute it.",
                    null);
        }
        return planned;
    }

    private List<String> plannedAddresses() {
        synchronized (plans) {
            return plans.values().stream().map(PlannedSwap::newRepository).toList();
        }
    }

    @Override
    public Optional<SwapRecord> find(long id) {
        return tools.store().journal().find(id);
    }

    @Override
    public List<SwapRecord> history() {
        return tools.store().journal().history();
    }

    @Override
    public void collect(Sink sink) {
        String help = "Swaps of bundles since the start, by what became of them";
        sink.counter("solera_upgrade_swaps_total", help, done.sum(), "outcome", "done");
        sink.counter("solera_upgrade_swaps_total", help, takenBack.sum(), "outcome", "rolled_back");
        sink.gauge("solera_upgrade_last_swap_seconds", "Duration of the last swap, 0 before the first", lastSeconds);
    }
}
