// SPDX-License-Identifier: Apache-2.0
package org.solera.upgrade.engine.internal.karaf;

import java.net.URI;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.karaf.features.BootFinished;
import org.apache.karaf.features.BundleInfo;
import org.apache.karaf.features.Feature;
import org.apache.karaf.features.FeaturesService;
import org.apache.karaf.features.FeaturesService.Option;
import org.apache.karaf.features.Repository;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.resolver.ResolutionException;
import org.solera.upgrade.api.UpgradeError;
import org.solera.upgrade.api.UpgradeException;
import org.solera.upgrade.engine.internal.FeatureContainer;
import org.solera.upgrade.engine.internal.FeatureId;

/**
 * The features service of Karaf. It exists only when the boot features are installed: a call from a bundle that the boot
 * is just starting would wait for the boot, and the boot for it. Thread-safe.
 */
@Component(service = FeatureContainer.class)
public final class KarafFeatures implements FeatureContainer {
    private static final String ROOT = FeaturesService.ROOT_REGION;
    private static final Pattern REQUIREMENT = Pattern.compile("feature:([^/]+)/\\[([^,]+),.*");

    private final FeaturesService service;

    /** @param booted is there when the boot features are installed */
    @Activate
    public KarafFeatures(@Reference FeaturesService service, @Reference BootFinished booted) {
        this.service = service;
    }

    /** A call of the features service, which throws anything. */
    private interface Call<T> {
        T run() throws Exception;
    }

    private interface Change {
        void run() throws Exception;
    }

    private static <T> T ask(Call<T> call) throws UpgradeException {
        try {
            return call.run();
        } catch (Exception failure) {
            throw translate(failure, UpgradeError.DOES_NOT_START);
        }
    }

    private static void change(Change change) throws UpgradeException {
        ask(() -> {
            change.run();
            return Boolean.TRUE;
        });
    }

    private static UpgradeException translate(Exception failure, UpgradeError other) {
        if (failure instanceof InterruptedException) {
            Thread.currentThread().interrupt();
        }
        Throwable deepest = failure;
        boolean unresolved = failure instanceof ResolutionException;
        while (deepest.getCause() != null && deepest.getCause() != deepest) {
            deepest = deepest.getCause();
            unresolved |= deepest instanceof ResolutionException;
        }
        String words = words(failure, deepest);
        return unresolved
                ? new UpgradeException(
                        UpgradeError.DOES_NOT_RESOLVE,
                        words,
                        "Install what is missing first, or leave this out on this box.",
                        failure)
                : new UpgradeException(other, words, "Look at the log of the appliance.", failure);
    }

    /** Failures of several bundles come as one with the causes beside it; the first tells the story. */
    private static String words(Exception failure, Throwable deepest) {
        Throwable told = deepest;
        if (told == failure && failure.getSuppressed().length > 0) {
            told = failure.getSuppressed()[0];
            while (told.getCause() != null && told.getCause() != told) {
                told = told.getCause();
            }
        }
        String message = told.getMessage();
        return message == null || message.isBlank() ? told.toString() : message;
    }

    @Override
    public List<Known> features() throws UpgradeException {
        return ask(() -> Stream.of(service.listFeatures())
                .filter(feature -> !feature.isBlacklisted())
                .map(this::known)
                .toList());
    }

    private Known known(Feature feature) {
        return new Known(
                new FeatureId(feature.getName(), feature.getVersion()),
                String.valueOf(feature.getRepositoryUrl()),
                service.isInstalled(feature),
                feature.getBundles().stream().map(BundleInfo::getLocation).toList());
    }

    @Override
    public Set<FeatureId> required() {
        return service.listRequirements().getOrDefault(ROOT, Set.of()).stream()
                .map(REQUIREMENT::matcher)
                .filter(Matcher::matches)
                .map(match -> new FeatureId(match.group(1), match.group(2)))
                .collect(Collectors.toSet());
    }

    @Override
    public String definition(FeatureId feature) throws UpgradeException {
        return ask(() -> service.getFeatureXml(service.getFeature(feature.name(), feature.version())));
    }

    @Override
    public List<String> repositoriesIn(String repository) throws UpgradeException {
        return ask(() -> {
            List<String> named = new ArrayList<>();
            Repository found = service.getRepository(URI.create(repository));
            if (found != null) {
                for (URI each : found.getRepositories()) {
                    named.add(each.toString());
                }
            }
            return named;
        });
    }

    @Override
    public Set<String> repositories() throws UpgradeException {
        return ask(() -> Stream.of(service.listRepositories())
                .map(repository -> repository.getURI().toString())
                .collect(Collectors.toSet()));
    }

    @Override
    public void addRepository(String address) throws UpgradeException {
        change(() -> service.addRepository(URI.create(address)));
    }

    @Override
    public void removeRepository(String address) throws UpgradeException {
        change(() -> {
            if (service.getRepository(URI.create(address)) != null) {
                service.removeRepository(URI.create(address), false);
            }
        });
    }

    @Override
    public void simulate(FeatureId feature) throws UpgradeException {
        change(() -> service.installFeatures(
                Set.of(feature.toString()), EnumSet.of(Option.Simulate, Option.NoAutoRefreshBundles)));
    }

    @Override
    public void install(FeatureId feature) throws UpgradeException {
        change(() -> service.installFeatures(Set.of(feature.toString()), EnumSet.of(Option.NoAutoRefreshBundles)));
    }

    @Override
    public void replace(FeatureId feature) throws UpgradeException {
        change(() -> service.installFeatures(
                Set.of(feature.toString()), EnumSet.of(Option.Upgrade, Option.NoAutoRefreshBundles)));
    }

    @Override
    public void uninstall(FeatureId feature) throws UpgradeException {
        change(() -> service.uninstallFeatures(Set.of(feature.toString()), EnumSet.of(Option.NoAutoRefreshBundles)));
    }
}
