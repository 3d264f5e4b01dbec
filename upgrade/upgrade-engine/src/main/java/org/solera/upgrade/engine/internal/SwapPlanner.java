// SPDX-License-Identifier: Apache-2.0
package org.solera.upgrade.engine.internal;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.solera.upgrade.api.SwapPlan;
import org.solera.upgrade.api.UpgradeError;
import org.solera.upgrade.api.UpgradeException;

/** Makes the plan of a swap, and refuses what cannot be swapped. Callers hold the {@link ChangeLock}. */
final class SwapPlanner {
    private static final String PRODUCT_PREFIX = "solera-";
    private static final long HAND_OVER_PAUSE_MILLIS = 3_000;

    /** Features whose bundles everything else stands on. */
    private static final Set<String> FIXED_FEATURES = Set.of("solera-platform", "solera-runtime");

    private final UpgradeStore store;
    private final FeatureContainer features;
    private final RunningBundles bundles;

    SwapPlanner(SwapExecution.Tools tools) {
        this.store = tools.store();
        this.features = tools.features();
        this.bundles = tools.bundles();
    }

    /**
     * Makes a plan. The files of the new version are kept in the repository of packages; nothing else changes.
     *
     * @throws UpgradeException if the file cannot be swapped in, with the reason
     */
    PlannedSwap plan(BundleFile file) throws UpgradeException {
        List<RunningBundles.Running> installed = bundles.named(file.name());
        List<FeatureContainer.Known> known = features.features();
        FeatureContainer.Known feature = null;
        RunningBundles.Running old = null;
        for (RunningBundles.Running each : installed) {
            for (FeatureContainer.Known candidate : known) {
                if (candidate.installed()
                        && candidate.id().name().startsWith(PRODUCT_PREFIX)
                        && candidate.bundles().contains(each.location())) {
                    feature = candidate;
                    old = each;
                }
            }
        }
        if (feature == null || old == null) {
            throw refused(
                    UpgradeError.NOT_INSTALLED,
                    "No feature of the product holds the bundle %s.".formatted(file.name()),
                    "Give a newer version of a bundle that is installed.");
        }
        check(file, old, feature);
        return plan(file, old, feature, known);
    }

    private void check(BundleFile file, RunningBundles.Running old, FeatureContainer.Known feature)
            throws UpgradeException {
        if (file.version().equals(old.version())) {
            throw refused(
                    UpgradeError.SAME_VERSION,
                    "%s is installed already.".formatted(old.title()),
                    "Give a file with another version.");
        }
        String fixed = "Install it with the next system package, which restarts the appliance.";
        if (FIXED_FEATURES.contains(feature.id().name())) {
            throw refused(
                    UpgradeError.NEEDS_RESTART,
                    "%s belongs to what everything else stands on and cannot be replaced while the appliance runs."
                            .formatted(file.name()),
                    fixed);
        }
        if (file.exports() || file.fragment() || file.singleton()) {
            String what = file.exports() ? "exports packages" : file.fragment() ? "is a fragment" : "is a singleton";
            throw refused(
                    UpgradeError.NEEDS_RESTART,
                    "%s %s, so two versions of it cannot serve side by side.".formatted(file.name(), what),
                    fixed);
        }
        List<String> dependants = bundles.dependants(old.id());
        if (!dependants.isEmpty()) {
            throw refused(
                    UpgradeError.NEEDS_RESTART,
                    "%s is wired to %s, which would be refreshed."
                            .formatted(String.join(", ", dependants), old.title()),
                    fixed);
        }
        List<String> users = bundles.staticUsers(old.id());
        if (!users.isEmpty()) {
            throw refused(
                    UpgradeError.NEEDS_RESTART,
                    "%s would stop for a moment, because it cannot change to another version of %s."
                            .formatted(String.join(", ", users), file.name()),
                    fixed);
        }
        if (!store.record().read().features().contains(feature.id())) {
            throw refused(
                    UpgradeError.NOT_INSTALLED,
                    "The feature %s is not in the record of what is installed.".formatted(feature.id()),
                    "Install it through the appliance, then swap.");
        }
    }

    private PlannedSwap plan(
            BundleFile file,
            RunningBundles.Running old,
            FeatureContainer.Known feature,
            List<FeatureContainer.Known> known)
            throws UpgradeException {
        FeatureId next = new FeatureId(feature.id().name(), freeVersion(file.version(), feature.id(), known));
        String location;
        String repository;
        try {
            location = store.repository().keep(file);
            byte[] text = FeatureText.replaced(
                    features.definition(feature.id()),
                    next,
                    old.location(),
                    location,
                    features.repositoriesIn(feature.repository()));
            repository = store.repository().keep(next, text);
        } catch (IOException notKept) {
            throw new UpgradeException(
                    UpgradeError.RECORD_NOT_WRITTEN,
                    "The new version could not be kept: %s.".formatted(DurableFile.words(notKept)),
                    "Check free space in the data folder.",
                    notKept);
        }
        resolve(next, repository);
        boolean shared = known.stream()
                .anyMatch(each -> each.repository().equals(feature.repository())
                        && each.installed()
                        && !each.id().equals(feature.id()));
        String recordHash = store.record().sha256();
        return new PlannedSwap(
                show(file, old, next, recordHash),
                old,
                feature.id(),
                next,
                feature.repository(),
                shared,
                repository,
                location,
                recordHash);
    }

    /** A feature that holds several bundles cannot always take the version of the one that is replaced. */
    private static String freeVersion(String wanted, FeatureId feature, List<FeatureContainer.Known> known) {
        List<String> taken = known.stream()
                .filter(each -> each.id().name().equals(feature.name()))
                .map(each -> each.id().version())
                .toList();
        String free = wanted;
        for (int i = 1; taken.contains(free); i++) {
            free = wanted + (wanted.chars().filter(each -> each == '.').count() < 3 ? "." : "_") + "p" + i;
        }
        return free;
    }

    /** Asks the resolver. The repository is known to it for that long only, and the cache is not trusted meanwhile. */
    private void resolve(FeatureId next, String repository) throws UpgradeException {
        store.marker().distrust();
        try {
            features.addRepository(repository);
            features.simulate(next);
        } finally {
            features.removeRepository(repository);
            store.marker().trust(store.record().sha256());
        }
    }

    private SwapPlan show(BundleFile file, RunningBundles.Running old, FeatureId next, String recordHash) {
        List<String> owned = new ArrayList<>(new TreeSet<>(bundles.owned(old.id())));
        List<String> ports = new ArrayList<>(new TreeSet<>(bundles.ports(old.id())));
        long pause = owned.isEmpty() ? 0 : HAND_OVER_PAUSE_MILLIS;
        String added = file.name() + "/" + file.version();
        String content = String.join(
                "\n",
                file.sha256(),
                recordHash,
                Long.toString(old.id()),
                old.title(),
                added,
                next.toString(),
                owned.toString(),
                ports.toString(),
                Long.toString(pause));
        return new SwapPlan(
                DurableFile.sha256(content.getBytes(UTF_8)),
                file.name(),
                old.version(),
                file.version(),
                next.name(),
                List.of(added),
                List.of(old.title()),
                List.of(),
                owned,
                ports,
                pause);
    }

    private static UpgradeException refused(UpgradeError code, String what, String nextAction) {
        return new UpgradeException(code, what, nextAction, null);
    }
}
