// SPDX-License-Identifier: Apache-2.0
package org.solera.upgrade.engine.internal;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.solera.platform.api.HealthReport;
import org.solera.platform.api.HealthReport.Status;
import org.solera.platform.api.HealthTree;
import org.solera.upgrade.api.UpgradeError;
import org.solera.upgrade.api.UpgradeException;

/**
 * Waits until a new version does what the old one did, and says in words what is missing when it does not. Confined to
 * the thread of one swap.
 */
final class Probation {
    private static final Duration STEP = Duration.ofMillis(50);

    /**
     * What the old version does before the swap begins.
     *
     * @param id the bundle
     * @param working names of its components that are satisfied or active
     * @param services names of the service types it has registered
     * @param health its parts and how they are
     * @param owned what only one version may own
     */
    record Baseline(long id, Set<String> working, Set<String> services, Map<String, Status> health, Set<String> owned) {
        static Baseline of(RunningBundles bundles, long id) {
            return new Baseline(
                    id,
                    bundles.components(id).stream()
                            .filter(RunningBundles.Part::works)
                            .map(RunningBundles.Part::name)
                            .collect(Collectors.toSet()),
                    Set.copyOf(bundles.services(id)),
                    bundles.health(id).stream()
                            .collect(Collectors.toMap(
                                    HealthTree.Entry::name,
                                    entry -> entry.report().status(),
                                    (one, other) -> one)),
                    Set.copyOf(bundles.owned(id)));
        }

        /** Parts that are in trouble may be named by others than the bundle, and by nobody when the trouble is over. */
        private Set<String> answering() {
            return health.entrySet().stream()
                    .filter(part -> part.getValue() == Status.UP || part.getValue() == Status.STANDBY)
                    .map(Map.Entry::getKey)
                    .collect(Collectors.toCollection(TreeSet::new));
        }

        private boolean wasDown(String part) {
            return health.get(part) == Status.DOWN;
        }
    }

    private final RunningBundles bundles;
    private final Pause pause;
    private final Duration limit;
    private final Baseline baseline;
    private final long id;
    private final CancelSign cancel;

    /** Says that the caller no longer wants the swap. */
    interface CancelSign {
        /**
         * @throws UpgradeException if so
         * @throws InterruptedException if the appliance stops
         */
        void check() throws UpgradeException, InterruptedException;
    }

    /**
     * @param limit the longest wait for each thing
     * @param baseline what the old version does
     * @param id the new version
     */
    Probation(RunningBundles bundles, Pause pause, Duration limit, Baseline baseline, long id, CancelSign cancel) {
        this.bundles = bundles;
        this.pause = pause;
        this.limit = limit;
        this.baseline = baseline;
        this.id = id;
        this.cancel = cancel;
    }

    /**
     * Waits until the new version is complete. One that cannot own what the old version owns yet need only stand by.
     */
    void awaitStanding() throws UpgradeException, InterruptedException {
        if (baseline.owned().isEmpty()) {
            awaitServing();
        } else {
            await(UpgradeError.DOES_NOT_START, this::notStandingBy);
            await(UpgradeError.UNHEALTHY, () -> down(Status.STANDBY));
        }
    }

    /** Waits until the new version does all that the old one did. */
    void awaitServing() throws UpgradeException, InterruptedException {
        await(UpgradeError.DOES_NOT_START, this::notServing);
        await(UpgradeError.UNHEALTHY, () -> down(Status.UP));
    }

    /** Watches the new version for some time, during which nothing of it may fail. */
    void soak(Duration time) throws UpgradeException, InterruptedException {
        long end = pause.nanoTime() + time.toNanos();
        do {
            cancel.check();
            Optional<String> failed = notServing().or(() -> down(Status.UP));
            if (failed.isPresent()) {
                throw failure(UpgradeError.UNHEALTHY, failed.get());
            }
            pause.await(STEP);
        } while (pause.nanoTime() < end);
    }

    private void await(UpgradeError code, Supplier<Optional<String>> missing)
            throws UpgradeException, InterruptedException {
        long end = pause.nanoTime() + limit.toNanos();
        Optional<String> still = missing.get();
        while (still.isPresent()) {
            cancel.check();
            if (pause.nanoTime() >= end || hopeless()) {
                throw failure(code, still.get());
            }
            pause.await(STEP);
            still = missing.get();
        }
    }

    private boolean hopeless() {
        return bundles.components(id).stream().anyMatch(part -> !part.failure().isEmpty());
    }

    private static UpgradeException failure(UpgradeError code, String what) {
        return new UpgradeException(
                code, what, "Send the log of the appliance to the vendor; the old version serves as before.", null);
    }

    private Optional<String> notStandingBy() {
        Optional<String> failed = failedComponent();
        if (failed.isPresent()) {
            return failed;
        }
        Set<String> missing = new TreeSet<>(baseline.owned());
        missing.removeAll(bundles.owned(id));
        return missing.isEmpty()
                ? Optional.empty()
                : Optional.of("The new version does not offer to own %s.".formatted(String.join(", ", missing)));
    }

    private Optional<String> notServing() {
        Optional<String> failed = failedComponent();
        if (failed.isPresent()) {
            return failed;
        }
        List<RunningBundles.Part> parts = bundles.components(id);
        for (RunningBundles.Part part : parts) {
            if (!part.works() && expected(part)) {
                return Optional.of("The component %s of the new version waits%s."
                        .formatted(part.name(), part.waitsFor().isEmpty() ? "" : " for " + part.waitsFor()));
            }
        }
        Set<String> services = new TreeSet<>(baseline.services());
        services.removeAll(bundles.services(id));
        if (!services.isEmpty()) {
            return Optional.of("The new version does not offer %s.".formatted(String.join(", ", services)));
        }
        return bundles.brokenService(id).map(cause -> "A service of the new version cannot be had: " + cause);
    }

    /** A component that did not work in the old version, or that is new and has nothing to wait for, need not work. */
    private boolean expected(RunningBundles.Part part) {
        boolean known = bundles.components(baseline.id()).stream()
                .anyMatch(each -> each.name().equals(part.name()));
        return baseline.working().contains(part.name())
                || !known && !part.waitsFor().isEmpty();
    }

    private Optional<String> failedComponent() {
        return bundles.components(id).stream()
                .filter(part -> !part.failure().isEmpty())
                .map(part -> "The component %s of the new version failed: %s.".formatted(part.name(), part.failure()))
                .findFirst();
    }

    /** A part that was down before the swap may be down after it: the cause lies elsewhere. */
    private Optional<String> down(Status worst) {
        List<HealthTree.Entry> entries = bundles.health(id);
        Set<String> missing = baseline.answering();
        for (HealthTree.Entry entry : entries) {
            missing.remove(entry.name());
            HealthReport report = entry.report();
            boolean bad = report.status() == Status.DOWN && !baseline.wasDown(entry.name())
                    || report.status() == Status.STANDBY && worst == Status.UP && !stoodBy(entry.name());
            if (bad) {
                return Optional.of("The new version says that %s is %s. %s"
                        .formatted(entry.name(), report.status().name().toLowerCase(Locale.ROOT), report.detail()));
            }
        }
        return missing.isEmpty()
                ? Optional.empty()
                : Optional.of("The new version says nothing of %s.".formatted(String.join(", ", missing)));
    }

    private boolean stoodBy(String part) {
        return baseline.health().get(part) == Status.STANDBY;
    }
}
