// SPDX-License-Identifier: Apache-2.0
package org.solera.hardware.binder.internal;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.BundleContext;
import org.osgi.service.cm.ConfigurationAdmin;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.metatype.annotations.Designate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.solera.hardware.api.HardwareService;
import org.solera.hardware.api.Inventory;
import org.solera.hardware.api.ProfileMatch;
import org.solera.hardware.api.spi.InventoryProbe;
import org.solera.platform.api.Appliance;
import org.solera.platform.api.DrainingException;
import org.solera.platform.api.HealthReport;
import org.solera.platform.api.NamedExecutors;
import org.solera.platform.api.PlatformError;
import org.solera.platform.api.ServiceGate;
import org.solera.platform.api.SoleraException;
import org.solera.platform.api.spi.Drainable;
import org.solera.platform.api.spi.HealthCheck;
import org.solera.platform.api.spi.MetricSource;
import org.solera.upgrade.api.FeatureLedger;

/**
 * Binds what the probes find to a profile, and offers what follows from it: capabilities to the resolver, settings to
 * Configuration Admin, words to people. Thread-safe; the work runs on one thread of its own, never on the framework's.
 */
@Component(
        service = {HardwareService.class, HealthCheck.class, MetricSource.class, Drainable.class},
        configurationPid = "solera.hardware.binder",
        immediate = true)
@Designate(ocd = HardwareBinderConfig.class)
public final class HardwareBinder implements HardwareService, HealthCheck, MetricSource, Drainable {
    private static final Logger log = LoggerFactory.getLogger(HardwareBinder.class);
    private static final String PROFILE_PROPERTY = "solera.profile";
    private static final Duration PROBE_LIMIT = Duration.ofSeconds(60); // a feature operation may be part of it
    private static final long RETRY_SECONDS = 10;
    private static final int QUEUE = 16;

    private final ServiceGate<InventoryProbe> probes = new ServiceGate<>("The probe of this machine");
    private final ServiceGate<FeatureLedger> ledgers = new ServiceGate<>("The record of features");
    private final ProfileShelf shelf;
    private final TuningWriter tuning;
    private final CapabilityOffer offer = new CapabilityOffer(ledgers);
    private final String forced;
    private final ExecutorService worker;
    private final ScheduledExecutorService clock;
    private final AtomicBoolean waiting = new AtomicBoolean(); // a run is queued that has not begun
    private final AtomicBoolean draining = new AtomicBoolean();
    private final AtomicBoolean running = new AtomicBoolean();
    private volatile Facts facts = Facts.NONE;

    /** Opens the binder as a component. */
    @Activate
    public HardwareBinder(
            BundleContext context,
            HardwareBinderConfig config,
            @Reference Appliance appliance,
            @Reference NamedExecutors executors,
            @Reference ConfigurationAdmin admin) {
        this(
                new ProfileShelf(
                        ShippedProfiles.of(context.getBundle()),
                        appliance.dataDirectory().resolve("profiles")),
                new TuningWriter(admin, new AppliedTuning(appliance.stateDirectory("hardware"))),
                executors,
                forced(config.profile(), context.getProperty(PROFILE_PROPERTY)),
                config.probeIntervalSeconds());
    }

    HardwareBinder(
            ProfileShelf shelf, TuningWriter tuning, NamedExecutors executors, String forced, int intervalSeconds) {
        this.shelf = shelf;
        this.tuning = tuning;
        this.forced = forced;
        this.worker = executors.open("hardware", "bind", 1, QUEUE);
        this.clock = executors.openScheduler("hardware", "probe");
        if (intervalSeconds > 0) {
            Future<?> unused =
                    clock.scheduleWithFixedDelay(this::later, intervalSeconds, intervalSeconds, TimeUnit.SECONDS);
        }
        later();
    }

    private static String forced(String configured, @Nullable String property) {
        if (!configured.isBlank()) {
            return configured.strip();
        }
        return property == null ? "" : property.strip();
    }

    /** Stops the work; what is under way ends on its own thread. */
    @Deactivate
    public void deactivate() {
        draining.set(true);
        clock.shutdownNow();
        worker.shutdownNow();
    }

    /** Adds a probe, or a newer version of it. */
    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    void bindProbe(InventoryProbe probe, Map<String, ?> properties) {
        probes.bind(probe, properties);
        later();
    }

    void unbindProbe(InventoryProbe probe) {
        if (!probes.unbind(probe)) {
            log.warn("A probe of the machine was taken away while it ran.");
        }
    }

    /** Adds the record of features, or a newer version of it. */
    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    void bindLedger(FeatureLedger ledger, Map<String, ?> properties) {
        ledgers.bind(ledger, properties);
        later();
    }

    void unbindLedger(FeatureLedger ledger) {
        if (!ledgers.unbind(ledger)) {
            log.warn("The record of features was taken away while it was asked.");
        }
    }

    /** Asks for a run on the own thread; without effect when one waits already. */
    private void later() {
        if (draining.get() || !waiting.compareAndSet(false, true)) {
            return;
        }
        try {
            worker.execute(this::runSafely);
        } catch (RejectedExecutionException stopped) {
            waiting.set(false);
            log.debug("The machine is not probed: the binder stops, or many probes wait already.", stopped);
        }
    }

    private void runSafely() {
        try {
            run();
        } catch (SoleraException | RuntimeException failure) {
            log.error("The machine could not be probed; the facts of the last probe stay in force.", failure);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    private Inventory run() throws SoleraException, InterruptedException {
        waiting.set(false);
        if (probes.peek().isEmpty()) { // it tells when it comes; do not wait for it
            return facts.inventory();
        }
        running.set(true);
        try {
            Inventory box;
            try (ServiceGate.Use<InventoryProbe> use = probes.enter()) {
                box = use.service().probe();
            }
            bind(box);
            return box;
        } finally {
            running.set(false);
        }
    }

    private void bind(Inventory box) throws InterruptedException {
        ProfileShelf.Content content = shelf.read();
        ProfileMatcher.Outcome outcome = ProfileMatcher.match(content.profiles(), box, forced);
        List<String> capabilities = Capabilities.of(box, outcome.chosen());
        List<String> problems = new ArrayList<>(content.problems());
        if (outcome.chosen().isEmpty()) {
            problems.add("No hardware profile fits this box.");
        } else if (!forced.isEmpty() && !outcome.chosen().get().name().equals(forced)) {
            problems.add("Profile " + forced + ", which the configuration asks for, is not there.");
        }
        Facts before = facts;
        // People may ask while the resolver works: tell them what is known so far.
        facts = new Facts(box, outcome.chosen(), outcome.matches(), capabilities, before.tuning(), before.problems());
        if (!before.capabilities().equals(capabilities)) {
            log.info("This box fits profile {}: {}.", facts.profileName(), BoxWords.summary(box));
        }
        CapabilityOffer.Result offered = offer.offer(capabilities);
        offered.problem().ifPresent(problems::add);
        if (offered.retryable() && !draining.get()) {
            Future<?> unused = clock.schedule(this::later, RETRY_SECONDS, TimeUnit.SECONDS);
        }
        List<Tuning> settings =
                outcome.chosen().map(profile -> tuning.apply(profile.tuning())).orElse(List.of());
        settings.stream()
                .filter(setting -> setting.state() == TuningState.NOT_WRITTEN)
                .forEach(setting ->
                        problems.add("Setting %s of %s could not be written.".formatted(setting.key(), setting.pid())));
        facts = new Facts(box, outcome.chosen(), outcome.matches(), capabilities, settings, problems);
    }

    @Override
    public Inventory inventory() {
        return facts.inventory();
    }

    @Override
    public String profile() {
        return facts.profileName();
    }

    @Override
    public Map<String, String> description() {
        return facts.profile().map(Profile::description).orElse(Map.of());
    }

    @Override
    public List<ProfileMatch> matches() {
        return facts.matches();
    }

    @Override
    public List<String> capabilities() {
        return facts.capabilities();
    }

    @Override
    public List<Tuning> tuning() {
        return facts.tuning();
    }

    @Override
    public List<String> problems() {
        return facts.problems();
    }

    @Override
    public List<FeatureVerdict> features() throws SoleraException {
        try (ServiceGate.Use<FeatureLedger> use = ledgers.enter()) {
            return FeatureJudge.all(use.service(), facts.inventory(), profile());
        } catch (InterruptedException interrupted) {
            throw interrupted("The features were not judged", interrupted);
        }
    }

    @Override
    public FeatureVerdict judge(String feature) throws SoleraException {
        try (ServiceGate.Use<FeatureLedger> use = ledgers.enter()) {
            return FeatureJudge.one(use.service(), feature, facts.inventory(), profile());
        } catch (InterruptedException interrupted) {
            throw interrupted("Feature " + feature + " was not judged", interrupted);
        }
    }

    @Override
    public Inventory probe() throws SoleraException {
        if (draining.get()) {
            throw new DrainingException("The hardware binder");
        }
        if (probes.peek().isEmpty()) {
            throw new SoleraException(
                    PlatformError.CONFLICT,
                    "No probe of this machine is installed.",
                    "Install the feature that holds hardware-linux.",
                    null);
        }
        try {
            Future<Inventory> result = worker.submit(this::run);
            return result.get(PROBE_LIMIT.toSeconds(), TimeUnit.SECONDS);
        } catch (RejectedExecutionException full) {
            throw new SoleraException(
                    PlatformError.BUSY, "Too many probes wait already.", "Try again in a moment.", full);
        } catch (TimeoutException late) {
            throw new SoleraException(
                    PlatformError.BUSY,
                    "The probe did not end within " + PROBE_LIMIT.toSeconds() + " s; it goes on.",
                    "Ask for the inventory in a moment.",
                    late);
        } catch (ExecutionException failure) {
            throw failure.getCause() instanceof SoleraException known
                    ? known
                    : new SoleraException(
                            PlatformError.INTERNAL,
                            "The probe failed: " + failure.getCause(),
                            "Look into the log for details.",
                            failure);
        } catch (InterruptedException interrupted) {
            throw interrupted("The probe was not awaited", interrupted);
        }
    }

    private static SoleraException interrupted(String what, InterruptedException cause) {
        Thread.currentThread().interrupt();
        return new SoleraException(PlatformError.BUSY, what + ": the request was ended.", "Try again.", cause);
    }

    @Override
    public String name() {
        return "hardware.binder";
    }

    @Override
    public HealthReport check() {
        return HardwareReport.health(facts, probes.peek().isPresent());
    }

    @Override
    public void collect(Sink sink) {
        HardwareReport.collect(facts, sink);
    }

    @Override
    public int inFlight() {
        return running.get() ? 1 : 0;
    }

    /** Leaves the capabilities and settings to the version that takes over. */
    @Override
    public boolean drain(Duration deadline) throws InterruptedException {
        draining.set(true);
        try {
            worker.submit(() -> log.debug("All probes of this version have ended."))
                    .get(deadline.toMillis(), TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException late) {
            return false;
        } catch (ExecutionException | RejectedExecutionException over) {
            log.debug("The binder has stopped already.", over);
            return true;
        }
    }

    @Override
    public void resume() {
        draining.set(false);
        later();
    }
}
