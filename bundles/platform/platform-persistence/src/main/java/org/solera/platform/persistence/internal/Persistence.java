// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.persistence.internal;

import java.io.IOException;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceReference;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import org.osgi.service.metatype.annotations.Designate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.solera.platform.api.Appliance;
import org.solera.platform.api.HealthReport;
import org.solera.platform.api.NamedExecutors;
import org.solera.platform.api.SoleraException;
import org.solera.platform.api.secrets.Sealer;
import org.solera.platform.api.spi.HealthCheck;
import org.solera.platform.api.spi.MetricSource;
import org.solera.platform.persistence.api.PersistentUnit;

/**
 * Owns the database. Nothing here waits for it: one thread opens it, tries again after 1 to 30 s while it is away, prepares
 * the units and asks it every 5 s how it is.
 */
@Component(
        service = {Persistence.class, HealthCheck.class, MetricSource.class},
        configurationPid = Persistence.PID)
@Designate(ocd = PersistenceConfig.class)
public final class Persistence implements HealthCheck, MetricSource {
    private static final Logger log = LoggerFactory.getLogger(Persistence.class);
    private static final int PROBE_SECONDS = 5;
    private static final int SIZE_SECONDS = 60;
    private static final int WAITING_ROUNDS = 16;
    private static final String DOMAIN = "platform";

    static final String PID = "solera.platform.persistence";

    private final Appliance appliance;
    private final NamedExecutors executors;
    private final PersistenceConfig config;
    private final BundleContext context;
    private final Limits limits;
    private final CallFigures figures = new CallFigures();
    private final ExecutorService keeper;
    private final ScheduledExecutorService clock;
    private final ScheduledFuture<?> ticking;
    private final Map<ServiceReference<PersistentUnit>, ServedUnit> units = new ConcurrentHashMap<>();
    private final AtomicBoolean roundWaits = new AtomicBoolean();
    private final Backoff opening = new Backoff(); // of the keeper, as what follows
    private long nextProbeNanos = System.nanoTime();
    private long nextSizeNanos = System.nanoTime();

    private volatile @Nullable Sealer sealer;
    private volatile @Nullable OpenDatabase open;
    private volatile @Nullable String away;
    private volatile Instant since = Instant.now();
    private volatile long sizeBytes;

    @Activate
    public Persistence(
            @Reference Appliance appliance,
            @Reference NamedExecutors executors,
            PersistenceConfig config,
            BundleContext context) {
        this(appliance, executors, config, context, Limits.PROMISED);
    }

    Persistence(
            Appliance appliance,
            NamedExecutors executors,
            PersistenceConfig config,
            BundleContext context,
            Limits limits) {
        this.appliance = appliance;
        this.executors = executors;
        this.config = config;
        this.context = context;
        this.limits = limits;
        this.keeper = executors.open(DOMAIN, "database-keeper", 1, WAITING_ROUNDS);
        this.clock = executors.openScheduler(DOMAIN, "database-clock");
        this.ticking = clock.scheduleWithFixedDelay(this::wake, 0, 1, TimeUnit.SECONDS);
    }

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    void bindSealer(Sealer next) {
        sealer = next;
    }

    void unbindSealer(Sealer old) {
        if (sealer == old) {
            sealer = null;
        }
    }

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    void bindUnit(ServiceReference<PersistentUnit> reference, PersistentUnit unit) {
        units.put(reference, new ServedUnit(unit, reference.getBundle().getBundleId(), context, limits));
        wake();
    }

    void unbindUnit(ServiceReference<PersistentUnit> reference) {
        ServedUnit gone = units.remove(reference);
        if (gone != null) {
            gone.close();
        }
    }

    @Deactivate
    void deactivate() {
        ticking.cancel(false);
        keeper.shutdown();
        try {
            if (!keeper.awaitTermination(10, TimeUnit.SECONDS)) {
                log.warn("The database was still being opened or prepared 10 s after it should stop.");
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
        units.values().forEach(ServedUnit::close);
        OpenDatabase last = open;
        open = null;
        if (last != null) {
            last.close();
        }
        clock.shutdown();
    }

    private void wake() {
        if (roundWaits.compareAndSet(false, true)) {
            try {
                keeper.execute(() -> {
                    roundWaits.set(false);
                    round();
                });
            } catch (RejectedExecutionException stopping) {
                log.debug("The database stops.", stopping);
            }
        }
    }

    private void round() {
        OpenDatabase database = open;
        if (database == null) {
            if (!opening.due()) {
                return;
            }
            database = tryOpen();
            if (database == null) {
                return;
            }
        }
        for (ServedUnit unit : units.values()) {
            unit.prepare(database);
        }
        probe(database);
    }

    private @Nullable OpenDatabase tryOpen() {
        String cause;
        try {
            Source source = source();
            ExecutorService threads = executors.open(DOMAIN, "database", config.poolSize(), limits.queue());
            try {
                OpenDatabase database = OpenDatabase.open(source, threads, clock, config.poolSize(), limits, figures);
                log.info("The database is {}.", database.product());
                opening.reset();
                away = null;
                open = database;
                return database;
            } catch (SQLException failure) {
                threads.shutdown();
                source.close();
                throw failure;
            }
        } catch (SQLException | IOException failure) {
            cause = String.valueOf(failure.getMessage());
        } catch (SoleraException failure) {
            cause = failure.explain();
        } catch (RuntimeException failure) {
            log.error("The database could not be opened.", failure);
            cause = failure.toString();
        }
        opening.failed();
        away(cause);
        return null;
    }

    private Source source() throws SQLException, IOException, SoleraException {
        ServerAddress server = ServerAddress.of(config, context, sealer);
        return server == null
                ? EmbeddedSource.open(appliance.stateDirectory("persistence"))
                : new ServerSource(server.url(), server.user(), server.password(), limits);
    }

    private void away(String cause) {
        if (away == null) {
            since = Instant.now();
            log.warn("The database does not answer: {}", cause);
        }
        away = cause;
    }

    private void probe(OpenDatabase database) {
        if (System.nanoTime() - nextProbeNanos < 0) {
            return;
        }
        String cause = database.probe();
        nextProbeNanos = System.nanoTime() + TimeUnit.SECONDS.toNanos(PROBE_SECONDS);
        if (cause != null) {
            away(cause);
            return;
        }
        if (away != null) {
            log.info("The database answers again.");
            away = null;
        }
        if (System.nanoTime() - nextSizeNanos >= 0) {
            nextSizeNanos = System.nanoTime() + TimeUnit.SECONDS.toNanos(SIZE_SECONDS);
            try {
                sizeBytes = database.source().sizeBytes();
            } catch (SQLException failure) {
                log.debug("The size of the database is not known.", failure);
            }
        }
    }

    /** {@return the database, if it was opened} */
    @Nullable
    OpenDatabase database() {
        return open;
    }

    /** {@return the units that bundles have registered, newest bundle first} */
    List<ServedUnit> units() {
        return units.values().stream()
                .sorted((one, other) -> Long.compare(other.bundleId(), one.bundleId()))
                .toList();
    }

    @Override
    public String name() {
        return "platform.persistence";
    }

    /** Away is degraded, not down: the data plane serves without the control plane's database. */
    @Override
    public HealthReport check() {
        String cause = away;
        if (cause != null) {
            return HealthReport.degraded(
                    "The database does not answer since %s: %s".formatted(since.truncatedTo(ChronoUnit.SECONDS), cause),
                    "Start the database, or correct its settings; the appliance tries again by itself.");
        }
        OpenDatabase database = open;
        if (database == null) {
            return HealthReport.down("The database is being opened.", "");
        }
        for (ServedUnit unit : units.values()) {
            HealthReport report = unit.report();
            if (report.status() != HealthReport.Status.UP) {
                return report;
            }
        }
        return HealthReport.up("%s, %d KiB.".formatted(database.product(), sizeBytes >> 10));
    }

    @Override
    public void collect(Sink sink) {
        sink.gauge(
                "solera_platform_database_up", "Whether the database answers.", open != null && away == null ? 1 : 0);
        sink.gauge("solera_platform_database_bytes", "Size of the database on its disk.", sizeBytes);
        figures.collect(sink);
        OpenDatabase database = open;
        if (database != null) {
            database.collect(sink);
        }
    }
}
