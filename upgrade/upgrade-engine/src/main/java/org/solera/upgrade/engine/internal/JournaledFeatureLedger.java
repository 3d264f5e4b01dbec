// SPDX-License-Identifier: Apache-2.0
package org.solera.upgrade.engine.internal;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.osgi.framework.Version;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.solera.platform.api.PlatformError;
import org.solera.platform.api.SoleraException;
import org.solera.upgrade.api.FeatureLedger;
import org.solera.upgrade.api.UpgradeError;
import org.solera.upgrade.api.UpgradeException;

/**
 * Changes what is installed, and the record with it. Each change follows one order: the bundle cache is distrusted, the
 * container changes, the record is replaced, the cache is trusted again. A power cut anywhere in between boots from the
 * record, old or new. Thread-safe; a change waits up to {@link #PATIENCE} for another one.
 */
@Component(service = FeatureLedger.class)
public final class JournaledFeatureLedger implements FeatureLedger {
    private static final Logger log = LoggerFactory.getLogger(JournaledFeatureLedger.class);

    /** The longest wait for a change that runs. */
    static final Duration PATIENCE = Duration.ofSeconds(90);

    private static final String PRODUCT_PREFIX = "solera-";

    /** A change of the container and of the record, which belong together. */
    private interface Change {
        void run() throws SoleraException;
    }

    private final UpgradeStore store;
    private final FeatureContainer features;
    private final ResolverAnswers answers;

    @Activate
    public JournaledFeatureLedger(@Reference UpgradeStore store, @Reference FeatureContainer features) {
        this.store = store;
        this.features = features;
        this.answers = new ResolverAnswers(store.lock());
    }

    @Override
    public List<Installed> installed() {
        try {
            InstalledRecord record = store.record().read();
            Map<FeatureId, String> repositories = features.features().stream()
                    .collect(Collectors.toMap(
                            FeatureContainer.Known::id, FeatureContainer.Known::repository, (one, other) -> one));
            return record.features().stream()
                    .map(feature -> new Installed(
                            feature.name(),
                            feature.version(),
                            repositories.getOrDefault(feature, ""),
                            record.reason(feature)))
                    .sorted(Comparator.comparing(Installed::name))
                    .toList();
        } catch (UpgradeException unreadable) {
            throw new IllegalStateException(unreadable.explain(), unreadable);
        }
    }

    @Override
    public List<String> known() {
        try {
            return features.features().stream()
                    .map(feature -> feature.id().name())
                    .filter(name -> name.startsWith(PRODUCT_PREFIX))
                    .distinct()
                    .sorted()
                    .toList();
        } catch (UpgradeException unreadable) {
            throw new IllegalStateException(unreadable.explain(), unreadable);
        }
    }

    @Override
    public boolean replaceGenerated(String name, List<String> capabilities, String reason) throws SoleraException {
        return store.lock().during(PATIENCE, () -> {
            InstalledRecord record = store.record().read();
            Optional<FeatureId> old = record.find(name);
            String content =
                    PackageRepository.hashOf(String.join("\n", capabilities).getBytes(UTF_8));
            if (old.isPresent() && old.get().version().endsWith("." + versionMark(content)) && isInstalled(old.get())) {
                return false;
            }
            FeatureId next = new FeatureId(name, nextVersion(old) + "." + versionMark(content));
            replace(record, old, next, keep(next, capabilities), reason);
            log.info("{} replaces {}.", next, old.map(FeatureId::toString).orElse("nothing"));
            return true;
        });
    }

    /** The qualifier of a generated version tells the content, so that equal content is recognised after a restart. */
    private static String versionMark(String content) {
        return "h" + content;
    }

    private static String nextVersion(Optional<FeatureId> old) {
        int micro = old.map(feature -> Version.parseVersion(feature.version()).getMicro() + 1)
                .orElse(0);
        return "1.0." + micro;
    }

    private boolean isInstalled(FeatureId feature) throws UpgradeException {
        return features.features().stream()
                .anyMatch(each -> each.installed() && each.id().equals(feature));
    }

    private String keep(FeatureId feature, List<String> capabilities) throws UpgradeException {
        try {
            return store.repository().keep(feature, FeatureText.generated(feature, capabilities));
        } catch (IOException notKept) {
            throw new UpgradeException(
                    UpgradeError.RECORD_NOT_WRITTEN,
                    "The feature %s could not be kept: %s.".formatted(feature.name(), DurableFile.words(notKept)),
                    "Check free space in the data folder.",
                    notKept);
        }
    }

    private void replace(
            InstalledRecord record, Optional<FeatureId> old, FeatureId next, String repository, String reason)
            throws SoleraException {
        Optional<String> oldRepository = old.flatMap(feature -> record.repositories().stream()
                .filter(address -> address.contains("/" + feature.name() + "/" + feature.version() + "-"))
                .findFirst());
        InstalledRecord changed = old.map(feature -> record.with(feature, next, reason))
                .orElseGet(() -> record.with(next, reason))
                .withRepository(repository);
        if (oldRepository.isPresent()) {
            changed = changed.withoutRepository(oldRepository.get());
        }
        commit(
                changed,
                () -> {
                    features.addRepository(repository);
                    features.replace(next);
                },
                () -> {
                    if (features.required().contains(next)) {
                        if (old.isPresent()) {
                            features.replace(old.get());
                        } else {
                            features.uninstall(next);
                        }
                    }
                    features.removeRepository(repository);
                });
        if (oldRepository.isPresent()) {
            features.removeRepository(oldRepository.get());
        }
        store.prune(List.of());
    }

    private void trust() throws UpgradeException {
        store.marker().trust(store.record().sha256());
    }

    /** Makes the container agree with the record again; where that fails, the next boot does it. */
    private void undo(SoleraException why, Change change) {
        try {
            change.run();
            trust();
        } catch (SoleraException failure) {
            why.addSuppressed(failure);
            log.error("What is installed differs from the record until the next start.", failure);
        }
    }

    @Override
    public Optional<String> unmet(String feature) throws SoleraException {
        FeatureId found = find(feature);
        return answers.of(found, () -> {
            try {
                if (!isInstalled(found)) {
                    features.simulate(found);
                }
                return Optional.empty();
            } catch (UpgradeException refused) {
                if (refused.code() == UpgradeError.DOES_NOT_RESOLVE) {
                    return Optional.of(String.valueOf(refused.getMessage()));
                }
                throw refused;
            }
        });
    }

    private FeatureId find(String text) throws SoleraException {
        FeatureId wanted = FeatureId.of(text);
        return features.features().stream()
                .map(FeatureContainer.Known::id)
                .filter(id -> id.name().equals(wanted.name()))
                .filter(id -> wanted.version().isEmpty() || id.version().equals(wanted.version()))
                .max(Comparator.comparing(JournaledFeatureLedger::versionOf))
                .orElseThrow(() -> new SoleraException(
                        PlatformError.NOT_FOUND,
                        "No repository that is known defines the feature %s.".formatted(text),
                        "Add its repository, or look at the features that are known.",
                        null));
    }

    private static Version versionOf(FeatureId feature) {
        try {
            return Version.parseVersion(feature.version());
        } catch (IllegalArgumentException notOsgi) {
            return Version.emptyVersion;
        }
    }

    private void during(Change change) throws SoleraException {
        store.lock().during(PATIENCE, () -> {
            change.run();
            return change;
        });
    }

    @Override
    public void install(String feature, String reason) throws SoleraException {
        during(() -> {
            FeatureId wanted = find(feature);
            InstalledRecord record = store.record().read();
            if (record.features().contains(wanted)) {
                return;
            }
            if (record.find(wanted.name()).isPresent()) {
                throw new UpgradeException(
                        UpgradeError.NEEDS_RESTART,
                        "Another version of %s is installed.".formatted(wanted.name()),
                        "Swap its bundles, or uninstall it first.",
                        null);
            }
            Set<FeatureId> before = features.required();
            commit(record.with(wanted, reason), () -> features.install(wanted), () -> {
                if (!before.contains(wanted) && features.required().contains(wanted)) {
                    features.uninstall(wanted);
                }
            });
            log.info("Installed {}: {}.", wanted, reason);
        });
    }

    /** The order that every change follows; see above. */
    private void commit(InstalledRecord next, Change change, Change undo) throws SoleraException {
        store.marker().distrust();
        try {
            change.run();
            store.record().commit(next); // the commit point
        } catch (SoleraException failure) {
            undo(failure, undo);
            throw failure;
        }
        trust();
    }

    @Override
    public void uninstall(String feature) throws SoleraException {
        during(() -> {
            InstalledRecord record = store.record().read();
            FeatureId gone = record.find(FeatureId.of(feature).name())
                    .orElseThrow(() -> new UpgradeException(
                            UpgradeError.NOT_INSTALLED,
                            "The feature %s is not installed.".formatted(feature),
                            "Look at what is installed.",
                            null));
            commit(record.without(gone), () -> features.uninstall(gone), () -> {
                if (!features.required().contains(gone)) {
                    features.install(gone);
                }
            });
            log.info("Uninstalled {}.", gone);
        });
    }

    @Override
    public void addRepository(String address) throws SoleraException {
        during(() -> {
            InstalledRecord record = store.record().read();
            if (!record.repositories().contains(address)) {
                commit(record.withRepository(address), () -> read(address), () -> features.removeRepository(address));
                log.info("Added the repository {}.", address);
            }
        });
    }

    private void read(String address) throws SoleraException {
        try {
            features.addRepository(address);
        } catch (UpgradeException unreadable) {
            throw new SoleraException(
                    PlatformError.INVALID_REQUEST,
                    "The repository %s cannot be read.".formatted(address),
                    "Check the address, and that it is a feature file.",
                    unreadable);
        }
    }

    @Override
    public List<String> repositories() {
        try {
            return store.record().read().repositories();
        } catch (UpgradeException unreadable) {
            throw new IllegalStateException(unreadable.explain(), unreadable);
        }
    }

    @Override
    public void removeRepository(String address) throws SoleraException {
        during(() -> {
            InstalledRecord record = store.record().read();
            if (!record.repositories().contains(address)) {
                throw new SoleraException(
                        PlatformError.NOT_FOUND,
                        "The record has no repository %s.".formatted(address),
                        "Look at the list of repositories.",
                        null);
            }
            List<String> used = usedOf(address, record);
            if (!used.isEmpty()) {
                throw new SoleraException(
                        PlatformError.CONFLICT,
                        "Installed features come from %s: %s.".formatted(address, String.join(", ", used)),
                        "Uninstall them first.",
                        null);
            }
            commit(
                    record.withoutRepository(address),
                    () -> features.removeRepository(address),
                    () -> features.addRepository(address));
            log.info("Removed the repository {}.", address);
        });
    }

    /** {@return the features of a repository that run or that the record names, with those that came with others} */
    private List<String> usedOf(String address, InstalledRecord record) throws UpgradeException {
        return features.features().stream()
                .filter(feature -> feature.repository().equals(address))
                .filter(feature -> feature.installed() || record.features().contains(feature.id()))
                .map(feature -> feature.id().toString())
                .sorted()
                .toList();
    }
}
