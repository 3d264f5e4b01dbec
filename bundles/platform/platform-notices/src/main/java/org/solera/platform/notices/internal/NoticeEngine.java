// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.notices.internal;

import static org.osgi.service.component.annotations.ReferenceCardinality.MULTIPLE;
import static org.osgi.service.component.annotations.ReferencePolicy.DYNAMIC;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.solera.platform.api.DrainingException;
import org.solera.platform.api.HealthReport;
import org.solera.platform.api.HealthTree;
import org.solera.platform.api.NamedExecutors;
import org.solera.platform.api.OwnerEpoch;
import org.solera.platform.api.ServiceGate;
import org.solera.platform.api.SoleraException;
import org.solera.platform.api.history.Figures;
import org.solera.platform.api.live.LiveEvents;
import org.solera.platform.api.notices.AlertRule;
import org.solera.platform.api.notices.Notice;
import org.solera.platform.api.notices.NoticeStore;
import org.solera.platform.api.notices.Notices;
import org.solera.platform.api.notices.Severity;
import org.solera.platform.api.spi.ExclusiveOwner;
import org.solera.platform.api.spi.HealthCheck;
import org.solera.platform.api.spi.MetricSource;

/** Looks at figures and health every 15 s while it owns the notices, and tells people. Thread-safe. */
@Component(
        immediate = true,
        service = {Notices.class, ExclusiveOwner.class, HealthCheck.class, MetricSource.class},
        property = ExclusiveOwner.RESOURCE + "=platform.notices")
public final class NoticeEngine implements Notices, ExclusiveOwner, HealthCheck, MetricSource {
    private static final Logger log = LoggerFactory.getLogger(NoticeEngine.class);
    private static final String WHAT = "The list of notices";
    private static final int PERIOD_SECONDS = 15;
    private static final int SAVE_SECONDS = 5;
    private static final Duration FAILING = Duration.ofMinutes(10);
    private static final Duration LATE = Duration.ofSeconds(90);

    /** What works between two hand-overs. */
    private record Duty(NoticeBook book, StoreKeeper keeper, Watch watch) {}

    private final Figures sources;
    private final HealthTree health;
    private final Deliveries deliveries;
    private final LiveNotices live;
    private final Clock clock;
    private final ExecutorService looker;
    private final ExecutorService keeper; // of its own: a database that is slow holds up no look at the rules
    private final ScheduledExecutorService scheduler;
    private final List<ScheduledFuture<?>> timers;
    private final ServiceGate<NoticeStore> stores = new ServiceGate<>("The store of notices");
    private volatile List<RuleSpec> specs = DefaultRules.all();
    private volatile @Nullable RuleBook rules;
    private volatile @Nullable Duty duty;

    @Activate
    public NoticeEngine(
            @Reference Figures sources,
            @Reference HealthTree health,
            @Reference Deliveries deliveries,
            @Reference LiveEvents events,
            @Reference Clock clock,
            @Reference NamedExecutors executors) {
        this.sources = sources;
        this.health = health;
        this.deliveries = deliveries;
        this.live = new LiveNotices(events);
        this.clock = clock;
        this.looker = executors.open("platform", "notices", 1, 1);
        this.keeper = executors.open("platform", "notices-store", 1, 1);
        this.scheduler = executors.openScheduler("platform", "notices-clock");
        deliveries.listen((notice, channel, outcome) -> {
            Duty now = duty;
            if (now != null) {
                now.watch().delivered(notice, channel, outcome);
            }
        });
        this.timers = List.of(
                scheduler.scheduleWithFixedDelay(
                        () -> submit(looker, this::look), PERIOD_SECONDS, PERIOD_SECONDS, TimeUnit.SECONDS),
                scheduler.scheduleWithFixedDelay(
                        () -> submit(keeper, this::save), SAVE_SECONDS, SAVE_SECONDS, TimeUnit.SECONDS));
    }

    @Reference(cardinality = MULTIPLE, policy = DYNAMIC)
    void bindRules(RuleBook book) {
        rules = book;
        specs = book.specs();
    }

    void unbindRules(RuleBook book) {
        log.debug(
                "Settings of the rules change; {} rules hold until the new ones are here.",
                book.specs().size());
    }

    @Reference(cardinality = MULTIPLE, policy = DYNAMIC)
    void bindStore(NoticeStore store, Map<String, ?> properties) {
        stores.bind(store, properties);
    }

    void unbindStore(NoticeStore store) {
        if (!stores.unbind(store)) {
            log.warn("The store of notices left while notices were saved.");
        }
    }

    private static void submit(ExecutorService executor, Runnable task) {
        try {
            executor.execute(task);
        } catch (RejectedExecutionException busy) {
            log.debug("The turn before is still under way; this one is left out.", busy);
        }
    }

    private void look() {
        Duty now = duty;
        if (now != null) {
            now.watch().look(sources.now(), health.entries(), specs);
        }
    }

    private void save() {
        Duty now = duty;
        if (now != null) {
            now.keeper().turn(now.watch()::adopt);
        }
    }

    @Override
    public void open(OwnerEpoch epoch) {
        NoticeBook book = new NoticeBook();
        StoreKeeper store = new StoreKeeper(stores, book);
        Watch watch = new Watch(book, deliveries::tell, live, store::loaded, clock, System::nanoTime);
        duty = new Duty(book, store, watch);
    }

    @Override
    public void close() {
        Duty last = duty;
        duty = null;
        if (last != null && last.keeper().loaded()) {
            submit(keeper, () -> last.keeper().turn(last.watch()::adopt));
        }
    }

    private Duty onDuty() throws DrainingException {
        Duty now = duty;
        if (now == null) {
            throw new DrainingException(WHAT);
        }
        return now;
    }

    @Override
    public List<Notice> notices() {
        Duty now = duty;
        return now == null ? List.of() : now.book().all();
    }

    @Override
    public Notice acknowledge(String id, String who) throws SoleraException {
        Notice changed = onDuty().book().acknowledge(id, who, clock.instant());
        live.publish(changed);
        return changed;
    }

    @Override
    public Notice silence(String id, Instant until, String who) throws SoleraException {
        Notice changed = onDuty().book().silence(id, until, clock.instant());
        log.info("Notice {} was silenced until {} by {}.", id, until, who);
        live.publish(changed);
        return changed;
    }

    @Override
    public List<AlertRule> rules() {
        return specs.stream().map(RuleSpec::rule).toList();
    }

    @Override
    public AlertRule change(String id, double threshold, long lastingSeconds, Severity severity, boolean enabled)
            throws SoleraException {
        RuleBook book = rules;
        if (book == null) {
            throw new DrainingException("The list of rules");
        }
        List<RuleSpec> changed = book.change(id, threshold, lastingSeconds, severity, enabled);
        specs = changed;
        return changed.stream()
                .map(RuleSpec::rule)
                .filter(rule -> rule.id().equals(id))
                .findFirst()
                .orElseThrow();
    }

    @Override
    public String name() {
        return "platform.notices";
    }

    @Override
    public HealthReport check() {
        Duty now = duty;
        if (now == null) {
            return HealthReport.standby("Another version looks at the rules.");
        }
        if (System.nanoTime() - now.watch().lastNanos() > LATE.toNanos()) {
            return HealthReport.degraded(
                    "Nobody looked at the rules for more than " + LATE.toSeconds() + " s.",
                    "Read the log of the appliance.");
        }
        for (Map.Entry<String, String> failing : deliveries.failing(FAILING).entrySet()) {
            return HealthReport.degraded(
                    "Notices are not delivered by " + failing.getKey() + ": " + failing.getValue(),
                    "Correct the settings of " + failing.getKey() + " and test them there.");
        }
        if (!now.keeper().trouble().isEmpty()) {
            return HealthReport.degraded(
                    "Notices would not survive a restart: " + now.keeper().trouble(),
                    "Check the database of the control plane.");
        }
        return HealthReport.up(now.book().open().size() + " things need attention.");
    }

    @Override
    public void collect(Sink sink) {
        Duty now = duty;
        if (now == null) {
            return; // the owner tells
        }
        Map<Severity, Integer> firing = new EnumMap<>(Severity.class);
        now.book().open().forEach(notice -> firing.merge(notice.severity(), 1, Integer::sum));
        for (Severity severity : Severity.values()) {
            sink.gauge(
                    "solera_notices_firing",
                    "Things that need attention.",
                    firing.getOrDefault(severity, 0),
                    "severity",
                    severity.name().toLowerCase(Locale.ROOT));
        }
        deliveries.collect(sink);
    }

    @Deactivate
    public void deactivate() {
        timers.forEach(timer -> timer.cancel(false));
        scheduler.shutdownNow();
        looker.shutdownNow();
        close();
        keeper.shutdown();
        try {
            if (!keeper.awaitTermination(2, TimeUnit.SECONDS)) {
                log.warn("Notices were still being saved when the list closed; the last changes may be lost.");
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
