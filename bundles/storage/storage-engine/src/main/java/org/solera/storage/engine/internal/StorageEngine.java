// SPDX-License-Identifier: Apache-2.0
package org.solera.storage.engine.internal;

import java.lang.management.ManagementFactory;
import java.lang.management.RuntimeMXBean;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Hashtable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.BundleContext;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.metatype.annotations.Designate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.solera.platform.api.Appliance;
import org.solera.platform.api.HealthReport;
import org.solera.platform.api.NamedExecutors;
import org.solera.platform.api.OwnerEpoch;
import org.solera.platform.api.SoleraException;
import org.solera.platform.api.spi.Drainable;
import org.solera.platform.api.spi.ExclusiveOwner;
import org.solera.platform.api.spi.HealthCheck;
import org.solera.platform.api.spi.MetricSource;
import org.solera.storage.api.ObjectStore;

/**
 * The engine in its container. The {@link ObjectStore} service exists exactly while this version owns the drives, so that
 * callers wait at their gate during a hand-over and go on with the next version.
 */
@Component(
        service = {ExclusiveOwner.class, HealthCheck.class, MetricSource.class, Drainable.class},
        immediate = true,
        configurationPid = "solera.storage.engine",
        property = {ExclusiveOwner.RESOURCE + "=storage.drives", StorageEngine.DRAIN_NAME + "=" + StorageEngine.NAME})
@Designate(ocd = EngineConfig.class)
public final class StorageEngine implements ExclusiveOwner, HealthCheck, MetricSource, Drainable {
    static final String NAME = "storage.engine";
    static final String DRAIN_NAME = "solera.drain.name";

    private static final Logger log = LoggerFactory.getLogger(StorageEngine.class);
    private static final Duration FOLLOW = Duration.ofMillis(500);
    private static final Duration CLOCK_SLACK = Duration.ofSeconds(2);
    private static final Duration SWEEP = Duration.ofHours(6);

    private final BundleContext context;
    private final Engine engine;
    private final ExecutorService fanOutPool;
    private final ExecutorService logPool;
    private final ExecutorService background;
    private final ScheduledExecutorService scheduler;
    private final Future<?> tick;
    private final Future<?> sweep;
    private final long driveCheckNanos;
    private final AtomicBoolean busy = new AtomicBoolean();
    private final AtomicLong nextCheck = new AtomicLong(System.nanoTime());
    private @Nullable ServiceRegistration<ObjectStore> registration; // guarded by this

    @Activate
    public StorageEngine(
            @Reference Appliance appliance,
            @Reference NamedExecutors executors,
            @Reference Clock clock,
            EngineConfig config,
            BundleContext context) {
        this.context = context;
        this.fanOutPool = executors.open("storage", "drive", 8, 512);
        int others = Math.max(1, Math.min(8, appliance.drives().size() - 1)); // who commits writes one log itself
        this.logPool = executors.open("storage", "log", others, 64);
        this.background = executors.open("storage", "background", 1, 4);
        this.scheduler = executors.openScheduler("storage", "tick");
        this.driveCheckNanos = Duration.ofSeconds(config.driveCheckSeconds()).toNanos();
        this.engine = new Engine(
                appliance.drives(),
                new LocalDriveIo(),
                EngineLimits.of(config),
                fanOutPool,
                logPool,
                clock,
                processStart(clock),
                this::readByOthers);
        this.tick = scheduler.scheduleWithFixedDelay(this::tick, 0, FOLLOW.toMillis(), TimeUnit.MILLISECONDS);
        this.sweep = scheduler.scheduleWithFixedDelay(
                engine::requestSweep, SWEEP.toMinutes(), SWEEP.toMinutes(), TimeUnit.MINUTES);
    }

    /** {@return a time at which this process had not begun, on the clock that stamps files, whether that was set since} */
    private static Instant processStart(Clock clock) {
        RuntimeMXBean runtime = ManagementFactory.getRuntimeMXBean();
        Instant stamped = Instant.ofEpochMilli(runtime.getStartTime());
        Instant counted = clock.instant().minusMillis(runtime.getUptime());
        return (stamped.isBefore(counted) ? stamped : counted).minus(CLOCK_SLACK);
    }

    @Deactivate
    void deactivate() {
        tick.cancel(false);
        sweep.cancel(false);
        scheduler.shutdownNow();
        close();
        engine.stop();
        background.shutdownNow();
        fanOutPool.shutdown();
        logPool.shutdown();
    }

    @Override
    public synchronized void open(OwnerEpoch epoch) throws SoleraException {
        ObjectStore store = engine.open(epoch);
        registration = context.registerService(ObjectStore.class, store, new Hashtable<>());
    }

    @Override
    public synchronized void close() {
        ServiceRegistration<ObjectStore> old = registration;
        registration = null;
        if (old != null) {
            old.unregister(); // first, so that no caller finds a store that gave up its right
        }
        engine.close();
    }

    /** Hands the work to the background thread; a tick that comes while it still works is left out. */
    private void tick() {
        if (!busy.compareAndSet(false, true)) {
            return;
        }
        try {
            background.execute(this::work);
        } catch (RejectedExecutionException stopping) {
            busy.set(false);
        }
    }

    private void work() {
        try {
            if (!engine.owner()) {
                engine.follow();
            }
            long now = System.nanoTime();
            if (now - nextCheck.get() >= 0) {
                nextCheck.set(now + driveCheckNanos);
                engine.maintain();
            } else {
                engine.reclaim();
            }
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException defect) {
            log.error("Background work of the engine failed and goes on at the next tick", defect);
        } finally {
            busy.set(false);
        }
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public int inFlight() {
        return engine.work().calls();
    }

    /** Waits for stagings and open readers. An owner goes on: its work moves away by a hand-over, not by a drain. */
    @Override
    public boolean drain(Duration deadline) throws InterruptedException {
        return engine.owner() || engine.work().drain(deadline);
    }

    @Override
    public void resume() {
        engine.work().reopen();
    }

    @Override
    public HealthReport check() {
        return engine.health();
    }

    @Override
    public void collect(Sink sink) {
        Catalog catalog = engine.catalog();
        Sweep figures = engine.sweep();
        if (catalog == null || figures == null) {
            return; // the owner tells
        }
        sink.gauge("solera_storage_objects", "Objects stored.", catalog.objectCount());
        sink.gauge("solera_storage_object_bytes", "Bytes of all objects, counted once.", catalog.objectBytes());
        sink.gauge(
                "solera_storage_drives_online",
                "Drives in use.",
                engine.drives().online().size());
        sink.gauge("solera_storage_work_in_flight", "Stagings and open readers.", inFlight());
        sink.gauge("solera_storage_sweep_percent", "Progress of the sweep under way.", figures.progressPercent());
        sink.counter("solera_storage_bodies_healed_total", "Copies made anew.", figures.healed());
        sink.counter("solera_storage_orphans_removed_total", "Bodies of no object removed.", figures.removed());
        sink.counter("solera_storage_surplus_removed_total", "Copies beyond the number kept.", figures.surplus());
        sink.counter(
                "solera_storage_bodies_unreadable_total", "Bodies that could not be copied.", figures.unreadable());
        for (var drive : engine.drives().usage()) {
            sink.gauge("solera_storage_drive_total_bytes", "Size.", drive.totalBytes(), "drive", drive.name());
            sink.gauge("solera_storage_drive_free_bytes", "Free space.", drive.freeBytes(), "drive", drive.name());
        }
    }

    /** {@return whether another version of the engine still has open readers} */
    private boolean readByOthers() {
        try {
            for (ServiceReference<Drainable> reference :
                    context.getServiceReferences(Drainable.class, "(" + DRAIN_NAME + "=" + NAME + ")")) {
                Drainable other = context.getService(reference);
                try {
                    if (other != null && other != this && other.inFlight() > 0) {
                        return true;
                    }
                } finally {
                    context.ungetService(reference);
                }
            }
            return false;
        } catch (InvalidSyntaxException | IllegalStateException stopping) {
            return true;
        }
    }
}
