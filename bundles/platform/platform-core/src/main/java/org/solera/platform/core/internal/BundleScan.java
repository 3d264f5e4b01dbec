// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.core.internal;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.startlevel.FrameworkStartLevel;
import org.osgi.service.component.runtime.ServiceComponentRuntime;
import org.osgi.service.component.runtime.dto.ComponentConfigurationDTO;
import org.osgi.service.component.runtime.dto.ComponentDescriptionDTO;
import org.osgi.service.component.runtime.dto.ReferenceDTO;
import org.solera.platform.api.HealthReport;
import org.solera.platform.api.HealthTree.Entry;

/**
 * Finds bundles of the product that do not run and components that wait for a service. Confined to the thread that holds
 * the lock of {@link HealthMonitor}.
 */
final class BundleScan {
    private static final String PRODUCT = "org.solera.";
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final BundleContext context;
    private final ServiceComponentRuntime components;
    private final LongSupplier nanoTime;
    private final Map<String, Long> waitingSince = new HashMap<>(); // component -> nanoTime

    BundleScan(BundleContext context, ServiceComponentRuntime components) {
        this(context, components, System::nanoTime);
    }

    BundleScan(BundleContext context, ServiceComponentRuntime components, LongSupplier nanoTime) {
        this.context = context;
        this.components = components;
        this.nanoTime = nanoTime;
    }

    /** {@return an entry for whatever is not as it should be} */
    List<Entry> scan() {
        List<Entry> entries = new ArrayList<>();
        startLevel(entries);
        List<Bundle> bundles = Arrays.stream(context.getBundles())
                .filter(BundleScan::ofTheProduct)
                .toList();
        Set<String> active = bundles.stream()
                .filter(bundle -> bundle.getState() == Bundle.ACTIVE)
                .map(Bundle::getSymbolicName)
                .collect(Collectors.toSet());
        for (Bundle bundle : bundles) {
            if (bundle.getState() != Bundle.ACTIVE) {
                entries.add(inactive(bundle, active.contains(bundle.getSymbolicName())));
            }
        }
        waiting(bundles, entries);
        return entries;
    }

    private static boolean ofTheProduct(Bundle bundle) {
        String name = bundle.getSymbolicName();
        return name != null && name.startsWith(PRODUCT) && bundle.getHeaders("").get(Constants.FRAGMENT_HOST) == null;
    }

    private void startLevel(List<Entry> entries) {
        Bundle system = context.getBundle(Constants.SYSTEM_BUNDLE_ID);
        FrameworkStartLevel level = system == null ? null : system.adapt(FrameworkStartLevel.class);
        String target = context.getProperty(Constants.FRAMEWORK_BEGINNING_STARTLEVEL);
        if (level != null && target != null && level.getStartLevel() < Integer.parseInt(target.trim())) {
            entries.add(new Entry(
                    "platform.start",
                    Constants.SYSTEM_BUNDLE_ID,
                    HealthReport.down(
                            "The appliance is starting: level %d of %s.".formatted(level.getStartLevel(), target),
                            "Wait a moment.")));
        }
    }

    private static Entry inactive(Bundle bundle, boolean anotherRuns) {
        String detail = "Version %s of %s is %s."
                .formatted(bundle.getVersion(), bundle.getSymbolicName(), stateOf(bundle.getState()));
        HealthReport report = anotherRuns
                ? HealthReport.degraded(detail + " Another version serves.", "")
                : HealthReport.down(detail, "Look at the log for why it did not start.");
        return new Entry("bundle." + bundle.getSymbolicName(), bundle.getBundleId(), report);
    }

    static String stateOf(int state) {
        return switch (state) {
            case Bundle.INSTALLED -> "installed, not resolved";
            case Bundle.RESOLVED -> "not started";
            case Bundle.STARTING -> "starting";
            case Bundle.STOPPING -> "stopping";
            case Bundle.ACTIVE -> "active";
            default -> "uninstalled";
        };
    }

    private void waiting(List<Bundle> bundles, List<Entry> entries) {
        long now = nanoTime.getAsLong();
        Set<String> seen = new HashSet<>();
        Set<String> served = new HashSet<>();
        List<ComponentConfigurationDTO> late = new ArrayList<>();
        for (ComponentConfigurationDTO configuration : configurations(bundles)) {
            if (configuration.state == ComponentConfigurationDTO.SATISFIED
                    || configuration.state == ComponentConfigurationDTO.ACTIVE) {
                served.add(configuration.description.name);
            } else if (configuration.state == ComponentConfigurationDTO.UNSATISFIED_REFERENCE) {
                String key = configuration.description.bundle.id + "/" + configuration.description.name;
                seen.add(key);
                if (now - waitingSince.computeIfAbsent(key, absent -> now) > PATIENCE.toNanos()) {
                    late.add(configuration);
                }
            }
        }
        waitingSince.keySet().retainAll(seen);
        late.forEach(configuration -> entries.add(waiting(configuration, served)));
    }

    private List<ComponentConfigurationDTO> configurations(List<Bundle> bundles) {
        Bundle[] running = bundles.stream()
                .filter(bundle -> bundle.getState() == Bundle.ACTIVE)
                .toArray(Bundle[]::new);
        return components.getComponentDescriptionDTOs(running).stream()
                .filter(components::isComponentEnabled)
                .flatMap(component -> components.getComponentConfigurationDTOs(component).stream())
                .toList();
    }

    private static Entry waiting(ComponentConfigurationDTO configuration, Set<String> served) {
        ComponentDescriptionDTO component = configuration.description;
        String detail = "%s waits for %s.".formatted(component.bundle.symbolicName, missing(configuration));
        HealthReport report = served.contains(component.name)
                ? HealthReport.degraded(detail + " Another version serves.", "")
                : HealthReport.down(detail, "Look for the bundle that gives this service.");
        return new Entry("component." + component.name, component.bundle.id, report);
    }

    private static String missing(ComponentConfigurationDTO configuration) {
        return Arrays.stream(configuration.unsatisfiedReferences)
                .map(unsatisfied -> Arrays.stream(configuration.description.references)
                        .filter(reference -> reference.name.equals(unsatisfied.name))
                        .findFirst()
                        .map(BundleScan::service)
                        .orElse(unsatisfied.name))
                .collect(Collectors.joining(" and "));
    }

    private static String service(ReferenceDTO reference) {
        return "the service %s%s"
                .formatted(reference.interfaceName, reference.target == null ? "" : " with " + reference.target);
    }
}
