// SPDX-License-Identifier: Apache-2.0
package org.solera.upgrade.engine.internal;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.solera.platform.api.DrainCoordinator;
import org.solera.platform.api.HealthReport;
import org.solera.platform.api.SoleraException;
import org.solera.upgrade.api.SwapPhase;
import org.solera.upgrade.api.UpgradeError;
import org.solera.upgrade.api.UpgradeException;

/**
 * One swap, from the intent to its end. The new version is made before the old one is broken; the rename of the record
 * is the commit point, before which everything is taken back and after which everything is finished, by this object or
 * by the next boot. Confined to the thread that runs it.
 */
final class SwapExecution {
    private static final Logger log = LoggerFactory.getLogger(SwapExecution.class);

    /**
     * How long the steps may take.
     *
     * @param start for the new version to become healthy
     * @param soak to stay healthy before the commit
     * @param drain for the old version to finish its work
     * @param removal for the framework to let go of the old version
     */
    record Limits(Duration start, Duration soak, Duration drain, Duration removal) {}

    /**
     * What a swap works with.
     *
     * @param store what is durable
     * @param features what installs
     * @param bundles what runs
     * @param pause time
     */
    record Tools(UpgradeStore store, FeatureContainer features, RunningBundles bundles, Pause pause) {}

    private final long id;
    private final PlannedSwap planned;
    private final UpgradeStore store;
    private final FeatureContainer features;
    private final RunningBundles bundles;
    private final Pause pause;
    private final Limits limits;
    private final Probation.CancelSign cancel;
    private final SwapReport report;
    private final List<String> handedOver = new ArrayList<>();
    private long sinceNanos;

    SwapExecution(
            long id, PlannedSwap planned, Tools tools, Limits limits, Probation.CancelSign cancel, SwapReport report) {
        this.id = id;
        this.planned = planned;
        this.store = tools.store();
        this.features = tools.features();
        this.bundles = tools.bundles();
        this.pause = tools.pause();
        this.limits = limits;
        this.cancel = cancel;
        this.report = report;
        this.sinceNanos = pause.nanoTime();
    }

    /**
     * Runs the swap. The intent is in the journal already.
     *
     * @throws InterruptedException if the appliance stops; the next boot closes the swap
     */
    void run() throws InterruptedException {
        long newId = -1;
        try {
            store.marker().distrust();
            passed(Checkpoint.Point.INTENT);
            newId = install();
            prove(newId);
            commit();
        } catch (SoleraException failure) {
            rollBack(newId, failure);
            return;
        } catch (RuntimeException defect) {
            rollBack(
                    newId,
                    new UpgradeException(
                            UpgradeError.UNHEALTHY,
                            "The swap met a defect: %s.".formatted(defect),
                            "Send the log of the appliance to the vendor.",
                            defect));
            return;
        }
        finish();
    }

    private long install() throws UpgradeException {
        passed(Checkpoint.Point.STAGED);
        features.addRepository(planned.newRepository());
        features.simulate(planned.newFeature());
        features.install(planned.newFeature());
        RunningBundles.Running installed = newBundle()
                .orElseThrow(() -> new UpgradeException(
                        UpgradeError.DOES_NOT_START,
                        "The new version of %s is not there after its installation."
                                .formatted(planned.plan().bundle()),
                        "Look at the log of the appliance.",
                        null));
        if (!installed.active()) {
            throw new UpgradeException(
                    UpgradeError.DOES_NOT_START,
                    "The new version of %s did not start."
                            .formatted(planned.plan().bundle()),
                    "Look at the log of the appliance.",
                    null);
        }
        store.journal()
                .move(
                        id,
                        SwapPhase.INSTALLED,
                        took("%s runs beside %s"
                                .formatted(installed.title(), planned.old().title())));
        passed(Checkpoint.Point.INSTALLED);
        return installed.id();
    }

    private Optional<RunningBundles.Running> newBundle() {
        return bundles.named(planned.plan().bundle()).stream()
                .filter(bundle -> bundle.location().equals(planned.newLocation()))
                .findFirst();
    }

    private void prove(long newId) throws SoleraException, InterruptedException {
        Probation.Baseline baseline =
                Probation.Baseline.of(bundles, planned.old().id());
        Probation probation = new Probation(bundles, pause, limits.start(), baseline, newId, cancel);
        probation.awaitStanding();
        for (String resource : planned.plan().owned()) {
            cancel.check();
            store.journal().step(id, took("Hands over " + resource));
            handOver(resource, newId);
            store.journal().step(id, took("Handed over " + resource));
        }
        probation.awaitServing();
        probation.soak(limits.soak());
        store.journal().move(id, SwapPhase.HEALTHY, took("The new version is healthy"));
        passed(Checkpoint.Point.HEALTHY);
    }

    private void handOver(String resource, long newId) throws UpgradeException {
        try {
            if (!bundles.ownerOf(resource).equals(Optional.of(newId))) {
                bundles.handOver(resource, planned.old().id(), newId);
            }
            handedOver.add(resource);
        } catch (SoleraException refused) {
            throw new UpgradeException(
                    UpgradeError.HAND_OVER_FAILED,
                    "The new version could not take over %s: %s".formatted(resource, refused.getMessage()),
                    refused.nextAction(),
                    refused);
        }
    }

    private void commit() throws UpgradeException {
        InstalledRecord next = store.record()
                .read()
                .with(planned.oldFeature(), planned.newFeature(), "swap " + id)
                .withRepository(planned.newRepository());
        if (!planned.oldRepositoryNeeded()) {
            next = next.withoutRepository(planned.oldRepository());
        }
        store.record().commit(next); // the commit point
        passed(Checkpoint.Point.RECORDED);
    }

    /** From here on nothing is taken back: what cannot be done now is done by the next boot, and told. */
    private void finish() throws InterruptedException {
        List<String> left = new ArrayList<>();
        markServed();
        note(left, () -> store.journal().move(id, SwapPhase.COMMITTED, took("The record names the new version")));
        passed(Checkpoint.Point.COMMITTED);
        drain(left);
        passed(Checkpoint.Point.DRAINED);
        if (note(left, () -> features.uninstall(planned.oldFeature()))) {
            if (!planned.oldRepositoryNeeded()) {
                note(left, () -> features.removeRepository(planned.oldRepository()));
            }
            if (!awaitGone()) {
                left.add("The old version is not gone after %d s."
                        .formatted(limits.removal().toSeconds()));
            }
        }
        passed(Checkpoint.Point.REMOVED);
        String failure = left.isEmpty()
                ? ""
                : String.join(" ", left)
                        + " The new version is committed and serves; restart the appliance to remove the old one.";
        if (note(
                        left,
                        () -> store.journal()
                                .move(
                                        id,
                                        SwapPhase.DONE,
                                        failure,
                                        took("%s is gone"
                                                .formatted(planned.old().title()))))
                && left.isEmpty()) {
            passed(Checkpoint.Point.DONE);
            note(left, () -> store.marker().trust(store.record().sha256()));
        }
        log.info("Swap {} replaced {} by {}. {}", id, planned.old().title(), planned.newFeature(), failure);
    }

    private void markServed() {
        try {
            store.repository().served(planned.newRepository());
        } catch (IOException unmarked) {
            log.warn("{} may not be kept for going back.", planned.newFeature(), unmarked);
        }
    }

    private void drain(List<String> left) throws InterruptedException {
        List<DrainCoordinator.Outcome> outcomes = bundles.drain(planned.old().id(), limits.drain());
        for (DrainCoordinator.Outcome outcome : outcomes) {
            String how = outcome.complete() ? "drained in" : "had work left after";
            note(
                    left,
                    () -> store.journal()
                            .step(id, "%s %s %d ms.".formatted(outcome.name(), how, outcome.tookMillis())));
        }
    }

    private boolean awaitGone() throws InterruptedException {
        long end = pause.nanoTime() + limits.removal().toNanos();
        while (!bundles.gone(planned.old().id())) {
            if (pause.nanoTime() >= end) {
                return false;
            }
            pause.await(Duration.ofMillis(50));
        }
        return true;
    }

    private void rollBack(long newId, SoleraException failure) {
        List<String> left = new ArrayList<>();
        long oldId = planned.old().id();
        for (String resource : handedOver) {
            note(left, () -> {
                if (bundles.ownerOf(resource).equals(Optional.of(newId))) {
                    bundles.handOver(resource, newId, oldId);
                }
            });
        }
        bundles.resume(oldId);
        note(left, () -> {
            if (features.required().contains(planned.newFeature())) {
                features.uninstall(planned.newFeature());
            }
        });
        note(left, () -> features.removeRepository(planned.newRepository()));
        if (newBundle().isPresent()) {
            left.add("The new version is still installed.");
        }
        bundles.health(oldId).stream()
                .filter(entry -> entry.report().status() == HealthReport.Status.DOWN)
                .forEach(entry -> left.add("%s of the old version is down: %s"
                        .formatted(entry.name(), entry.report().detail())));
        String words = failure.explain()
                + (left.isEmpty()
                        ? ""
                        : " Not all could be taken back: " + String.join(" ", left)
                                + " Restart the appliance: it then runs the old version alone.");
        boolean noted = note(
                left,
                () -> store.journal()
                        .move(
                                id,
                                SwapPhase.ROLLED_BACK,
                                words,
                                took("%s serves as before"
                                        .formatted(planned.old().title()))));
        if (noted && left.isEmpty()) {
            note(left, () -> store.marker().trust(store.record().sha256()));
        }
        log.warn("Swap {} of {} was taken back. {}", id, planned.plan().bundle(), words, failure);
    }

    /** Something that must be tried whatever came before. */
    private interface Step {
        void run() throws SoleraException;
    }

    private static boolean note(List<String> left, Step step) {
        try {
            step.run();
            return true;
        } catch (SoleraException | RuntimeException failure) {
            left.add(String.valueOf(failure.getMessage()));
            log.error("A step of a swap failed.", failure);
            return false;
        }
    }

    private void passed(Checkpoint.Point point) {
        report.passed(point);
        store.checkpoint().passed(point);
    }

    private String took(String what) {
        long now = pause.nanoTime();
        long millis = (now - sinceNanos) / 1_000_000;
        sinceNanos = now;
        return "%s, after %d ms.".formatted(what, millis);
    }
}
