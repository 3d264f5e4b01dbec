// SPDX-License-Identifier: Apache-2.0
package org.solera.upgrade.engine.internal;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.solera.platform.api.HealthReport;
import org.solera.platform.api.SoleraException;
import org.solera.platform.api.spi.HealthCheck;
import org.solera.upgrade.api.UpgradeException;

/**
 * Compares what is installed with the record, first when the boot is complete and then at every health check. Where they
 * agree the bundle cache is trusted; where they differ it is not, so that the next boot starts from the record alone.
 */
@Component(service = HealthCheck.class, immediate = true)
public final class RecordGuard implements HealthCheck {
    private static final Logger log = LoggerFactory.getLogger(RecordGuard.class);

    private final UpgradeStore store;
    private final FeatureContainer features;
    private final RunningBundles bundles;

    @Activate
    public RecordGuard(
            @Reference UpgradeStore store, @Reference FeatureContainer features, @Reference RunningBundles bundles) {
        this.store = store;
        this.features = features;
        this.bundles = bundles;
        HealthReport report = check();
        if (report.status() == HealthReport.Status.UP) {
            log.info("The appliance runs what the record says.");
        } else {
            log.error("{} {}", report.detail(), report.nextAction());
        }
    }

    @Override
    public String name() {
        return "upgrade.ledger";
    }

    @Override
    public HealthReport check() {
        if (store.lock().taken()) {
            return HealthReport.up("A change of what is installed is under way.");
        }
        try {
            return store.lock().during(Duration.ZERO, this::compare);
        } catch (SoleraException busyOrUnreadable) {
            return store.lock().taken()
                    ? HealthReport.up("A change of what is installed is under way.")
                    : HealthReport.down(String.valueOf(busyOrUnreadable.getMessage()), busyOrUnreadable.nextAction());
        }
    }

    private HealthReport compare() throws UpgradeException {
        InstalledRecord record = store.record().read();
        List<FeatureContainer.Known> installed = features.features().stream()
                .filter(FeatureContainer.Known::installed)
                .toList();
        List<String> missing = missing(record, installed);
        List<String> extra = extra(record, installed);
        List<String> vanished = vanished(record);
        if (missing.isEmpty() && extra.isEmpty() && !vanished.isEmpty()) {
            store.marker().distrust();
            return HealthReport.degraded(
                    "Recorded repositories that cannot be read: %s.".formatted(String.join(", ", vanished)),
                    "Bring the file back and restart, or take it from the record: upgrade:repository-remove %s"
                            .formatted(vanished.get(0)));
        }
        if (missing.isEmpty() && extra.isEmpty()) {
            store.marker().trustOnce(store.record().sha256());
            return HealthReport.up(
                    "%d features as recorded.".formatted(record.features().size()));
        }
        store.marker().distrust();
        return missing.isEmpty()
                ? HealthReport.degraded(
                        "Installed and not recorded: %s.".formatted(String.join(", ", extra)),
                        "The next start removes it; to keep it, install it through the appliance.")
                : HealthReport.down(
                        "Recorded and not installed: %s.".formatted(String.join(", ", missing)),
                        "Restart the appliance: it then runs what the record says.");
    }

    private List<String> vanished(InstalledRecord record) throws UpgradeException {
        Set<String> known = features.repositories();
        return record.repositories().stream()
                .filter(address -> !known.contains(address) || hasVanished(address))
                .toList();
    }

    /** {@return whether the container knows a file only because it read it before} */
    private static boolean hasVanished(String address) {
        if (!address.startsWith("file:")) {
            return false;
        }
        try {
            return !Files.exists(Path.of(URI.create(address)));
        } catch (IllegalArgumentException malformed) {
            return true;
        }
    }

    private List<String> missing(InstalledRecord record, List<FeatureContainer.Known> installed) {
        Set<String> locations = bundles.ofTheProduct().stream()
                .map(RunningBundles.Running::location)
                .collect(Collectors.toSet());
        List<String> missing = new ArrayList<>();
        for (FeatureId each : record.features()) {
            Optional<FeatureContainer.Known> there = installed.stream()
                    .filter(known -> known.id().name().equals(each.name()))
                    .filter(known -> each.version().isEmpty() || known.id().equals(each))
                    .findFirst();
            if (there.isEmpty()) {
                missing.add(each.toString());
            } else {
                there.get().bundles().stream()
                        .filter(RecordGuard::isOfTheProduct)
                        .filter(location -> !locations.contains(location))
                        .forEach(missing::add);
            }
        }
        return missing;
    }

    private List<String> extra(InstalledRecord record, List<FeatureContainer.Known> installed) throws UpgradeException {
        Set<String> extra = new TreeSet<>();
        for (FeatureId each : features.required()) {
            boolean recorded = record.find(each.name())
                    .filter(found ->
                            found.version().isEmpty() || found.version().equals(each.version()))
                    .isPresent();
            if (!recorded) {
                extra.add(each.toString());
            }
        }
        Set<String> held =
                installed.stream().flatMap(known -> known.bundles().stream()).collect(Collectors.toSet());
        bundles.ofTheProduct().stream()
                .filter(running -> !held.contains(running.location()))
                .forEach(running -> extra.add(running.title()));
        return List.copyOf(extra);
    }

    private static boolean isOfTheProduct(String location) {
        return location.startsWith("mvn:org.solera");
    }
}
