// SPDX-License-Identifier: Apache-2.0
package org.solera.upgrade.engine.internal;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.osgi.framework.Version;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.solera.platform.api.Lease;
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

    private final UpgradeStore store;
    private final FeatureContainer features;

    @Activate
    public JournaledFeatureLedger(@Reference UpgradeStore store, @Reference FeatureContainer features) {
        this.store = store;
        this.features = features;
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
        try (Lease lease = store.lock().take(PATIENCE)) {
            InstalledRecord record = store.record().read();
            Optional<FeatureId> old = record.find(name);
            String content =
                    PackageRepository.hashOf(String.join("\n", capabilities).getBytes(UTF_8));
            if (old.isPresent() && old.get().version().endsWith("." + versionMark(content)) && isInstalled(old.get())) {
                return false;
            }
            FeatureId next = new FeatureId(name, nextVersion(old) + "." + versionMark(content));
            replace(record, old, next, keep(next, capabilities), reason);
            log.info(
                    "{} replaces {} under {}.",
                    next,
                    old.map(FeatureId::toString).orElse("nothing"),
                    lease);
            return true;
        }
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
                    "The feature %s could not be kept: %s".formatted(feature.name(), notKept),
                    "Check free space in the data folder.",
                    notKept);
        }
    }

    private void replace(
            InstalledRecord record, Optional<FeatureId> old, FeatureId next, String repository, String reason)
            throws UpgradeException {
        Optional<String> oldRepository = old.flatMap(feature -> record.repositories().stream()
                .filter(address -> address.contains("/" + feature.name() + "/" + feature.version() + "-"))
                .findFirst());
        InstalledRecord changed = old.map(feature -> record.with(feature, next, reason))
                .orElseGet(() -> record.with(next, reason))
                .withRepository(repository);
        if (oldRepository.isPresent()) {
            changed = changed.withoutRepository(oldRepository.get());
        }
        store.marker().distrust();
        features.addRepository(repository);
        try {
            features.replace(next);
        } catch (UpgradeException refused) {
            features.removeRepository(repository);
            trust();
            throw refused;
        }
        try {
            store.record().commit(changed); // the commit point
        } catch (UpgradeException notWritten) {
            undo(notWritten, () -> {
                if (old.isPresent()) {
                    features.replace(old.get());
                } else {
                    features.uninstall(next);
                }
                features.removeRepository(repository);
            });
            throw notWritten;
        }
        if (oldRepository.isPresent()) {
            features.removeRepository(oldRepository.get());
        }
        store.prune(List.of());
        trust();
    }

    private void trust() throws UpgradeException {
        store.marker().trust(store.record().sha256());
    }

    private interface Change {
        void run() throws UpgradeException;
    }

    /** Makes the container agree with the record again; where that fails, the next boot does it. */
    private void undo(UpgradeException why, Change change) {
        try {
            change.run();
            trust();
        } catch (UpgradeException failure) {
            why.addSuppressed(failure);
            log.error("What is installed differs from the record until the next start.", failure);
        }
    }

    @Override
    public Optional<String> unmet(String feature) throws SoleraException {
        try (Lease lease = store.lock().take(PATIENCE)) {
            FeatureId found = find(feature);
            log.debug("Asks whether {} could be installed, under {}.", found, lease);
            if (isInstalled(found)) {
                return Optional.empty();
            }
            features.simulate(found);
            return Optional.empty();
        } catch (UpgradeException refused) {
            if (refused.code() == UpgradeError.DOES_NOT_RESOLVE) {
                return Optional.of(String.valueOf(refused.getMessage()));
            }
            throw refused;
        }
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

    @Override
    public void install(String feature, String reason) throws SoleraException {
        try (Lease lease = store.lock().take(PATIENCE)) {
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
            List<FeatureId> before = new ArrayList<>(features.required());
            store.marker().distrust();
            try {
                features.install(wanted);
                store.record().commit(record.with(wanted, reason)); // the commit point
            } catch (UpgradeException failure) {
                undo(failure, () -> {
                    if (!before.contains(wanted) && features.required().contains(wanted)) {
                        features.uninstall(wanted);
                    }
                });
                throw failure;
            }
            trust();
            log.info("Installed {}: {}, under {}.", wanted, reason, lease);
        }
    }

    @Override
    public void uninstall(String feature) throws SoleraException {
        try (Lease lease = store.lock().take(PATIENCE)) {
            InstalledRecord record = store.record().read();
            FeatureId gone = record.find(FeatureId.of(feature).name())
                    .orElseThrow(() -> new UpgradeException(
                            UpgradeError.NOT_INSTALLED,
                            "The feature %s is not installed.".formatted(feature),
                            "Look at what is installed.",
                            null));
            store.marker().distrust();
            try {
                features.uninstall(gone);
                store.record().commit(record.without(gone)); // the commit point
            } catch (UpgradeException failure) {
                undo(failure, () -> {
                    if (!features.required().contains(gone)) {
                        features.install(gone);
                    }
                });
                throw failure;
            }
            trust();
            log.info("Uninstalled {} under {}.", gone, lease);
        }
    }

    @Override
    public void addRepository(String address) throws SoleraException {
        try (Lease lease = store.lock().take(PATIENCE)) {
            InstalledRecord record = store.record().read();
            if (record.repositories().contains(address)) {
                return;
            }
            store.marker().distrust();
            features.addRepository(address);
            try {
                store.record().commit(record.withRepository(address)); // the commit point
            } catch (UpgradeException notWritten) {
                undo(notWritten, () -> features.removeRepository(address));
                throw notWritten;
            }
            trust();
            log.info("Added the repository {} under {}.", address, lease);
        }
    }
}
