// SPDX-License-Identifier: Apache-2.0
package org.solera.upgrade.engine.internal;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.solera.platform.api.DrainCoordinator;
import org.solera.platform.api.HealthReport;
import org.solera.platform.api.HealthTree;
import org.solera.platform.api.PlatformError;
import org.solera.platform.api.SoleraException;
import org.solera.upgrade.api.UpgradeError;
import org.solera.upgrade.api.UpgradeException;

/**
 * A container and its bundles as the swap sees them, in memory: features come from the XML that the engine writes, a
 * bundle is what its behaviour says. It forgets everything when it is made anew, as a box with a deleted cache does.
 */
final class FakeBox implements FeatureContainer, RunningBundles {
    private static final Pattern FEATURE =
            Pattern.compile("<feature name=\"([^\"]+)\" version=\"([^\"]+)\">(.*?)</feature>", Pattern.DOTALL);
    private static final Pattern BUNDLE = Pattern.compile("<bundle[^>]*>([^<]+)</bundle>");
    private static final Pattern CAPABILITY = Pattern.compile("<capability>([^<]+)</capability>");
    private static final Pattern PLACE = Pattern.compile("mvn:org\\.solera\\.swap/([^/]+)/([^/]+)(/xml/features)?");

    /** How the next bundle that starts behaves. */
    static final class Behaviour {
        boolean resolves = true;
        boolean starts = true;
        boolean opens = true;
        String failedComponent = "";
        Set<String> services = new TreeSet<>(Set.of("org.solera.x.Store"));
        int healthyRounds = Integer.MAX_VALUE;
    }

    private record Definition(
            FeatureId id, String repository, List<String> bundles, List<String> capabilities, String xml) {}

    private record Guest(Running running, Behaviour behaviour, int[] asked) {}

    private final Path packages;
    final Map<String, String> shipped = new HashMap<>();
    final Map<String, List<Definition>> repositories = new LinkedHashMap<>();
    final Set<FeatureId> required = new LinkedHashSet<>();
    private final Map<Long, Guest> guests = new LinkedHashMap<>();
    final Set<String> resources = new TreeSet<>();
    final Map<String, Long> owners = new HashMap<>();
    final List<String> calls = new ArrayList<>();
    final List<Long> drained = new ArrayList<>();
    final List<Long> resumed = new ArrayList<>();
    Behaviour next = new Behaviour();
    Runnable onInstall = () -> {};
    boolean uninstallFails;
    String neededCapability = "";
    final List<String> staticUsers = new ArrayList<>();
    final List<String> dependants = new ArrayList<>();
    private long lastId = 100;

    FakeBox(Path packages) {
        this.packages = packages;
    }

    /** Boots as the container does: from the record alone. */
    void boot(InstalledRecord record) throws UpgradeException {
        for (String repository : record.repositories()) {
            addRepository(repository);
        }
        for (FeatureId feature : record.features()) {
            next = new Behaviour();
            install(feature);
        }
    }

    Set<String> titles() {
        Set<String> titles = new TreeSet<>();
        guests.values().forEach(guest -> titles.add(guest.running().title()));
        return titles;
    }

    Behaviour behaviourOf(String title) {
        return guests.get(idOf(title)).behaviour();
    }

    long idOf(String title) {
        return guests.values().stream()
                .filter(guest -> guest.running().title().equals(title))
                .findFirst()
                .orElseThrow()
                .running()
                .id();
    }

    private String load(String address) {
        String text = shipped.get(address);
        Matcher place = PLACE.matcher(address);
        if (text == null && place.matches()) {
            Path file = packages.resolve("org/solera/swap")
                    .resolve(place.group(1))
                    .resolve(place.group(2))
                    .resolve(place.group(1) + "-" + place.group(2) + "-features.xml");
            try {
                return Files.readString(file, StandardCharsets.UTF_8);
            } catch (IOException missing) {
                throw new UncheckedIOException(missing);
            }
        }
        if (text == null) {
            throw new IllegalArgumentException("No repository " + address);
        }
        return text;
    }

    @Override
    public List<Known> features() {
        return repositories.values().stream()
                .flatMap(List::stream)
                .map(each -> new Known(each.id(), each.repository(), required.contains(each.id()), each.bundles()))
                .toList();
    }

    @Override
    public Set<FeatureId> required() {
        return Set.copyOf(required);
    }

    private Optional<Definition> find(FeatureId id) {
        return repositories.values().stream()
                .flatMap(List::stream)
                .filter(each -> each.id().equals(id))
                .findFirst();
    }

    @Override
    public String definition(FeatureId feature) {
        return find(feature).orElseThrow().xml();
    }

    @Override
    public List<String> repositoriesIn(String repository) {
        return List.of();
    }

    @Override
    public Set<String> repositories() {
        return Set.copyOf(repositories.keySet());
    }

    @Override
    public void addRepository(String address) throws UpgradeException {
        if (address.startsWith("file:") && !shipped.containsKey(address)) {
            throw new UpgradeException(UpgradeError.DOES_NOT_START, "java.io: no such file", "", null);
        }
        calls.add("add " + address);
        List<Definition> found = new ArrayList<>();
        Matcher feature = FEATURE.matcher(load(address));
        while (feature.find()) {
            found.add(new Definition(
                    new FeatureId(feature.group(1), feature.group(2)),
                    address,
                    all(BUNDLE, feature.group(3)),
                    all(CAPABILITY, feature.group(3)),
                    feature.group()));
        }
        repositories.put(address, found);
    }

    private static List<String> all(Pattern pattern, String text) {
        List<String> found = new ArrayList<>();
        Matcher matcher = pattern.matcher(text);
        while (matcher.find()) {
            found.add(matcher.group(1));
        }
        return found;
    }

    @Override
    public void removeRepository(String address) {
        List<Definition> held = repositories.getOrDefault(address, List.of());
        if (held.stream().anyMatch(each -> required.contains(each.id()))) {
            throw new IllegalStateException("features are required from " + address);
        }
        calls.add("remove " + address);
        repositories.remove(address);
    }

    @Override
    public void simulate(FeatureId feature) throws UpgradeException {
        if (!next.resolves) {
            throw new UpgradeException(
                    UpgradeError.DOES_NOT_RESOLVE, "missing requirement no.such.pkg", "Install it.", null);
        }
    }

    @Override
    public void install(FeatureId feature) throws UpgradeException {
        simulate(feature);
        calls.add("install " + feature);
        onInstall.run();
        required.add(feature);
        for (String location : find(feature).orElseThrow().bundles()) {
            if (guests.values().stream()
                    .noneMatch(guest -> guest.running().location().equals(location))) {
                start(location);
            }
        }
    }

    private void start(String location) throws UpgradeException {
        String[] parts = location.split("[/]");
        String version = parts[2].replaceAll("-.*", "");
        Running running = new Running(++lastId, parts[1], version, location, next.starts);
        guests.put(running.id(), new Guest(running, next, new int[1]));
        resources.forEach(resource -> owners.putIfAbsent(resource, running.id()));
        if (!next.starts) {
            throw new UpgradeException(UpgradeError.DOES_NOT_START, "activator threw: broken", "", null);
        }
    }

    @Override
    public void replace(FeatureId feature) throws UpgradeException {
        if (!neededCapability.isEmpty()
                && find(feature).orElseThrow().capabilities().stream()
                        .noneMatch(each -> each.equals(neededCapability))) {
            throw new UpgradeException(UpgradeError.DOES_NOT_RESOLVE, "missing " + neededCapability, "", null);
        }
        required.removeIf(each -> each.name().equals(feature.name()));
        required.add(feature);
        calls.add("replace " + feature);
    }

    @Override
    public void uninstall(FeatureId feature) throws UpgradeException {
        if (uninstallFails) {
            throw new UpgradeException(UpgradeError.DOES_NOT_START, "the features service hangs", "", null);
        }
        calls.add("uninstall " + feature);
        required.remove(feature);
        Set<String> needed = new TreeSet<>();
        required.forEach(each -> find(each).ifPresent(found -> needed.addAll(found.bundles())));
        guests.values().removeIf(guest -> !needed.contains(guest.running().location()));
    }

    @Override
    public List<Running> named(String symbolicName) {
        return guests.values().stream()
                .map(Guest::running)
                .filter(running -> running.name().equals(symbolicName))
                .toList();
    }

    @Override
    public List<Running> ofTheProduct() {
        return guests.values().stream().map(Guest::running).toList();
    }

    /** A bundle that nobody recorded. */
    void stray(String location) throws UpgradeException {
        start(location);
    }

    @Override
    public List<String> dependants(long bundleId) {
        return dependants;
    }

    @Override
    public List<String> staticUsers(long bundleId) {
        return staticUsers;
    }

    @Override
    public Set<String> services(long bundleId) {
        return guests.containsKey(bundleId) ? guests.get(bundleId).behaviour().services : Set.of();
    }

    @Override
    public Set<String> ports(long bundleId) {
        return Set.of("s3");
    }

    @Override
    public List<Part> components(long bundleId) {
        Guest guest = guests.get(bundleId);
        String failure = guest == null ? "" : guest.behaviour().failedComponent;
        return List.of(new Part("Store", failure.isEmpty(), failure, ""));
    }

    @Override
    public Optional<String> brokenService(long bundleId) {
        return Optional.empty();
    }

    @Override
    public List<HealthTree.Entry> health(long bundleId) {
        Guest guest = guests.get(bundleId);
        if (guest == null) {
            return List.of();
        }
        HealthReport report = guest.asked()[0]++ >= guest.behaviour().healthyRounds
                ? HealthReport.down("the disk is on fire", "")
                : resources.isEmpty() || owners.containsValue(bundleId)
                        ? HealthReport.up("")
                        : HealthReport.standby("waits");
        return List.of(new HealthTree.Entry("storage.engine", bundleId, report));
    }

    @Override
    public Set<String> owned(long bundleId) {
        return Set.copyOf(resources);
    }

    @Override
    public void handOver(String resource, long fromBundleId, long toBundleId) throws SoleraException {
        if (!guests.get(toBundleId).behaviour().opens) {
            throw new SoleraException(PlatformError.INTERNAL, "the index is of a newer format", "", null);
        }
        calls.add("hand over " + resource);
        owners.put(resource, toBundleId);
    }

    @Override
    public Optional<Long> ownerOf(String resource) {
        return Optional.ofNullable(owners.get(resource));
    }

    @Override
    public List<DrainCoordinator.Outcome> drain(long bundleId, Duration deadline) {
        drained.add(bundleId);
        return List.of(new DrainCoordinator.Outcome("storage.engine", true, 7));
    }

    @Override
    public void resume(long bundleId) {
        resumed.add(bundleId);
    }

    @Override
    public boolean gone(long bundleId) {
        return !guests.containsKey(bundleId);
    }
}
