// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.history.internal;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.solera.platform.api.Appliance;
import org.solera.platform.api.DrainingException;
import org.solera.platform.api.HealthReport;
import org.solera.platform.api.NamedExecutors;
import org.solera.platform.api.OwnerEpoch;
import org.solera.platform.api.PlatformError;
import org.solera.platform.api.SoleraException;
import org.solera.platform.api.history.Figures;
import org.solera.platform.api.history.MetricHistory;
import org.solera.platform.api.history.Snapshot;
import org.solera.platform.api.spi.ExclusiveOwner;
import org.solera.platform.api.spi.HealthCheck;
import org.solera.platform.api.spi.MetricSource;

/** Records all figures every 15 s while it owns the folder of the history, and reads them back. Thread-safe. */
@Component(
        immediate = true,
        service = {MetricHistory.class, ExclusiveOwner.class, HealthCheck.class, MetricSource.class},
        property = ExclusiveOwner.RESOURCE + "=platform.history")
public final class HistoryRecorder implements MetricHistory, ExclusiveOwner, HealthCheck, MetricSource {
    /** Order of series in lists. */
    static final Comparator<Series> BY_NAME = Comparator.comparing(Series::metric)
            .thenComparing(series -> Snapshot.text(series.labels()))
            .thenComparing(Series::rate);

    private static final Logger log = LoggerFactory.getLogger(HistoryRecorder.class);
    private static final long STEP_NANOS = TimeUnit.SECONDS.toNanos(Resolution.STEP);
    private static final int LATE_STEPS = 5;
    private static final long RECLAIM_SECONDS = 86_400;

    private final Supplier<Snapshot> figures;
    private final Path folder;
    private final Clock clock;
    private final LongSupplier nanoTime;
    private final ExecutorService worker;
    private final ScheduledExecutorService scheduler;
    private final ScheduledFuture<?> timer;
    private volatile @Nullable Shelves shelves;
    private volatile long lastNanos;
    private volatile double lastSeconds;
    private volatile long records;
    private volatile long skipped;
    private Rates rates = new Rates(); // confined to the worker

    @Activate
    public HistoryRecorder(
            @Reference Figures sources,
            @Reference Appliance appliance,
            @Reference Clock clock,
            @Reference NamedExecutors executors) {
        this(sources::now, appliance.stateDirectory("history"), clock, System::nanoTime, executors);
    }

    HistoryRecorder(
            Supplier<Snapshot> figures, Path folder, Clock clock, LongSupplier nanoTime, NamedExecutors executors) {
        this.figures = figures;
        this.folder = folder;
        this.clock = clock;
        this.nanoTime = nanoTime;
        this.worker = executors.open("platform", "history", 1, 1);
        this.scheduler = executors.openScheduler("platform", "history-clock");
        this.timer = scheduler.scheduleAtFixedRate(this::tick, 1, Resolution.STEP, TimeUnit.SECONDS);
    }

    private void tick() {
        if (shelves == null) {
            return;
        }
        try {
            worker.execute(this::record);
        } catch (RejectedExecutionException busy) {
            skipped++; // the disk is slow; the gap shows as no value
        }
    }

    /** Records the figures of this moment. */
    void record() {
        Shelves open = shelves;
        if (open == null) {
            return;
        }
        long begin = nanoTime.getAsLong();
        long now = Math.floorDiv(clock.instant().getEpochSecond(), Resolution.STEP) * Resolution.STEP;
        Map<Series, Double> values = rates.advance(figures.get(), begin);
        open.record(now, begin, values);
        if (now % RECLAIM_SECONDS == 0) {
            open.reclaim(values.keySet());
        }
        lastNanos = nanoTime.getAsLong();
        lastSeconds = (lastNanos - begin) / 1e9;
        records++;
    }

    @Override
    public void open(OwnerEpoch epoch) throws SoleraException {
        try {
            lastNanos = nanoTime.getAsLong();
            shelves = new Shelves(folder);
        } catch (IOException failure) {
            throw new SoleraException(
                    PlatformError.INTERNAL,
                    "The history of figures cannot be opened: " + failure.getMessage(),
                    "Check the free space and the rights of " + folder + ".",
                    failure);
        }
    }

    @Override
    public void close() {
        Shelves open = shelves;
        shelves = null;
        if (open != null) {
            open.close();
        }
    }

    @Override
    public List<Series> series() {
        Shelves open = shelves;
        return open == null ? List.of() : open.series().stream().sorted(BY_NAME).toList();
    }

    @Override
    public List<Points> query(String metric, Instant from, Instant to, int steps, Aggregate aggregate)
            throws SoleraException {
        Shelves open = shelves;
        if (open == null) {
            throw new DrainingException("The history of figures");
        }
        Graph graph = Graph.of(from, to, steps, aggregate, clock.instant());
        long end = graph.from() + graph.step() * graph.count();
        List<Points> points = open.read(metric, graph.resolution(), aggregate, graph.from(), end).entrySet().stream()
                .map(each -> graph.points(each.getKey(), each.getValue()))
                .toList();
        if (points.isEmpty()) {
            throw new SoleraException(
                    PlatformError.NOT_FOUND,
                    "No figures of this name are kept.",
                    "Choose a name from the list of series.",
                    null);
        }
        return points;
    }

    @Override
    public String name() {
        return "platform.history";
    }

    @Override
    public HealthReport check() {
        Shelves open = shelves;
        if (open == null) {
            return HealthReport.standby("Another version records the figures.");
        }
        if (!open.trouble().isEmpty()) {
            return HealthReport.degraded(
                    open.trouble(), "Check the free space and the disk of the data folder, and the clock of this box.");
        }
        if (nanoTime.getAsLong() - lastNanos > LATE_STEPS * STEP_NANOS) {
            return HealthReport.degraded(
                    "No figures were recorded for more than " + LATE_STEPS * Resolution.STEP + " s.",
                    "Check whether the disk of the data folder is overloaded.");
        }
        String kept = "The history keeps " + open.series().size() + " of at most " + Shelves.SERIES_MOST + " series.";
        return HealthReport.up(open.refused() == 0 ? kept : kept + " " + open.refused() + " series more are not kept.");
    }

    @Override
    public void collect(Sink sink) {
        Shelves open = shelves;
        if (open == null) {
            return; // the owner tells
        }
        sink.gauge(
                "solera_history_series", "Series that are kept.", open.series().size());
        sink.gauge("solera_history_series_refused", "Series that found no room.", open.refused());
        sink.gauge("solera_history_record_seconds", "Time that the last record took.", lastSeconds);
        sink.counter("solera_history_records_total", "Records made.", records);
        sink.counter("solera_history_skipped_total", "Records left out because the disk was slow.", skipped);
    }

    @Deactivate
    public void deactivate() {
        timer.cancel(false);
        scheduler.shutdownNow();
        worker.shutdown();
        try {
            if (!worker.awaitTermination(2, TimeUnit.SECONDS)) {
                log.warn("A record of figures was still under way when the history closed.");
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
        close();
    }
}
