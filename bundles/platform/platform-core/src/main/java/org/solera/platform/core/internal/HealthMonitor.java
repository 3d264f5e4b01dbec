// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.core.internal;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceReference;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.runtime.ServiceComponentRuntime;
import org.osgi.service.metatype.annotations.Designate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.solera.platform.api.HealthReport;
import org.solera.platform.api.HealthReport.Status;
import org.solera.platform.api.HealthTree;
import org.solera.platform.api.NamedExecutors;
import org.solera.platform.api.live.LiveEvents;
import org.solera.platform.api.spi.HealthCheck;
import org.solera.platform.api.spi.MetricSource;

/**
 * Asks every check every 2 s and on demand, and adds what bundles and components say about themselves.
 *
 * <p>During a swap two versions of a part answer under one name. A part that is {@link Status#DOWN} in one version does
 * not make the appliance unready while another version of it is {@link Status#UP} or {@link Status#DEGRADED}: that one
 * serves, and the swap judges the other. So it is with every part of a bundle that runs beside an older version of itself:
 * until that one is gone it is a candidate. {@link Status#STANDBY} alone is no failure.
 *
 * <p><b>Thread-safety:</b> thread-safe; callers on demand share one round of checks that is at most 250 ms old.
 */
@Component(
        immediate = true,
        service = {HealthTree.class, MetricSource.class},
        configurationPid = "solera.platform.health")
@Designate(ocd = HealthConfig.class)
public final class HealthMonitor implements HealthTree, MetricSource {
    private static final Logger log = LoggerFactory.getLogger(HealthMonitor.class);
    private static final Duration PERIOD = Duration.ofSeconds(2);
    private static final Duration FRESH = Duration.ofMillis(250);
    private static final int THREADS = 8;
    private static final Comparator<Entry> WORST_FIRST = Comparator.comparing(
                    (Entry entry) -> entry.report().status(), Comparator.reverseOrder())
            .thenComparing(Entry::name)
            .thenComparingLong(Entry::bundleId);

    private record Snapshot(List<Entry> entries, Set<Long> candidates, long takenNanos) {}

    private final Set<String> required;
    private final Supplier<List<Entry>> scan;
    private final Supplier<Set<Long>> candidates;
    private final ExecutorService executor;
    private final ScheduledExecutorService scheduler;
    private final CheckRunner runner;
    private final HealthChanges changes; // guarded by round
    private final Map<HealthCheck, Long> checks = new ConcurrentHashMap<>();
    private final ReentrantLock round = new ReentrantLock();
    private final Set<String> knownDown = new HashSet<>(); // guarded by round
    private volatile Snapshot snapshot;

    @Activate
    public HealthMonitor(
            BundleContext context,
            @Reference ServiceComponentRuntime components,
            @Reference NamedExecutors executors,
            @Reference LiveEvents events,
            HealthConfig config) {
        this(
                names(config.required()),
                scan(context, components, names(config.requiredServices())),
                () -> candidates(context.getBundles()),
                executors,
                events,
                Duration.ofSeconds(2));
        var unused = scheduler.scheduleWithFixedDelay(
                () -> executor.execute(this::entries), 0, PERIOD.toMillis(), TimeUnit.MILLISECONDS);
    }

    HealthMonitor(
            Set<String> required,
            Supplier<List<Entry>> scan,
            Supplier<Set<Long>> candidates,
            NamedExecutors executors,
            LiveEvents events,
            Duration limit) {
        this.required = required;
        this.scan = scan;
        this.candidates = candidates;
        this.executor = executors.open("core", "health", THREADS, 256);
        this.scheduler = executors.openScheduler("core", "health");
        this.runner = new CheckRunner(executor, limit);
        this.changes = new HealthChanges(events);
        this.snapshot = new Snapshot(List.of(), Set.of(), System.nanoTime() - FRESH.toNanos() - 1);
    }

    @Deactivate
    void close() {
        scheduler.shutdownNow();
        executor.shutdownNow();
    }

    private static Set<String> names(String[] lists) {
        return Arrays.stream(lists)
                .flatMap(list -> Arrays.stream(list.split(",")))
                .map(String::trim)
                .filter(name -> !name.isEmpty())
                .collect(Collectors.toUnmodifiableSet());
    }

    private static Supplier<List<Entry>> scan(
            BundleContext context, ServiceComponentRuntime components, Set<String> requiredServices) {
        BundleScan bundles = new BundleScan(context, components);
        return () -> {
            List<Entry> entries = bundles.scan();
            for (String service : requiredServices) {
                if (context.getServiceReference(service) == null) {
                    entries.add(new Entry(
                            "service." + service,
                            context.getBundle().getBundleId(),
                            HealthReport.down("The service " + service + " is not there yet.", "Wait a moment.")));
                }
            }
            return entries;
        };
    }

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    void bindCheck(ServiceReference<HealthCheck> reference, HealthCheck check) {
        checks.put(check, ServiceDrains.bundleOf(reference));
        askAnew();
    }

    void unbindCheck(HealthCheck check) {
        checks.remove(check);
        askAnew();
    }

    private void askAnew() {
        Snapshot last = snapshot;
        snapshot = new Snapshot(last.entries(), last.candidates(), System.nanoTime() - FRESH.toNanos() - 1);
    }

    /** {@return the bundles that stand beside an active older one of the same name} */
    static Set<Long> candidates(Bundle[] bundles) {
        Map<String, Long> oldest = new HashMap<>();
        for (Bundle bundle : bundles) {
            if (bundle.getState() == Bundle.ACTIVE && bundle.getSymbolicName() != null) {
                oldest.merge(bundle.getSymbolicName(), bundle.getBundleId(), Math::min);
            }
        }
        return Arrays.stream(bundles)
                .filter(bundle -> bundle.getBundleId()
                        > oldest.getOrDefault(String.valueOf(bundle.getSymbolicName()), Long.MAX_VALUE))
                .map(Bundle::getBundleId)
                .collect(Collectors.toUnmodifiableSet());
    }

    @Override
    public List<Entry> entries() {
        long asked = System.nanoTime();
        if (isFresh(asked)) {
            return snapshot.entries();
        }
        try {
            round.lockInterruptibly();
            try {
                // A round that began after this call asked is as good as one of its own.
                if (!isFresh(System.nanoTime())) {
                    Snapshot next = new Snapshot(take(), candidates.get(), System.nanoTime());
                    snapshot = next;
                    changes.publish(next.entries(), ready(next));
                }
            } finally {
                round.unlock();
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
        return snapshot.entries();
    }

    private boolean isFresh(long now) {
        return now - snapshot.takenNanos() <= FRESH.toNanos();
    }

    private List<Entry> take() throws InterruptedException {
        List<Entry> entries = new ArrayList<>(runner.ask(Map.copyOf(checks)));
        entries.addAll(scan.get());
        Set<String> present = entries.stream().map(Entry::name).collect(Collectors.toSet());
        for (String name : required) {
            if (!present.contains(name)) {
                entries.add(new Entry(
                        name,
                        -1,
                        HealthReport.down(name + " is not there yet.", "If it stays away, look at the log.")));
            }
        }
        entries.sort(WORST_FIRST);
        logChanges(entries);
        return List.copyOf(entries);
    }

    private void logChanges(List<Entry> entries) {
        Set<String> down = new HashSet<>();
        for (Entry entry : entries) {
            String key = entry.name() + " of bundle " + entry.bundleId();
            if (entry.report().status() == Status.DOWN && down.add(key) && knownDown.add(key)) {
                log.warn("{} is down: {}", key, entry.report().detail());
            }
        }
        for (String key : Set.copyOf(knownDown)) {
            if (!down.contains(key)) {
                knownDown.remove(key);
                log.info("{} is no longer down.", key);
            }
        }
    }

    @Override
    public boolean ready() {
        var unused = entries();
        return ready(snapshot);
    }

    private static boolean ready(Snapshot snapshot) {
        List<Entry> entries = snapshot.entries();
        Set<String> serving = entries.stream()
                .filter(entry ->
                        entry.report().status() == Status.UP || entry.report().status() == Status.DEGRADED)
                .map(Entry::name)
                .collect(Collectors.toSet());
        return entries.stream()
                .filter(entry -> !snapshot.candidates().contains(entry.bundleId()))
                .noneMatch(entry -> entry.report().status() == Status.DOWN && !serving.contains(entry.name()));
    }

    @Override
    public void collect(Sink sink) {
        Snapshot now = snapshot;
        List<Entry> entries = now.entries();
        sink.gauge("solera_platform_ready", "1 when the appliance is ready", ready(now) ? 1 : 0);
        for (Entry entry : entries) {
            sink.gauge(
                    "solera_platform_health_status",
                    "0 up, 1 standby, 2 degraded, 3 down",
                    entry.report().status().ordinal(),
                    "part",
                    entry.name(),
                    "bundle",
                    Long.toString(entry.bundleId()));
        }
    }
}
