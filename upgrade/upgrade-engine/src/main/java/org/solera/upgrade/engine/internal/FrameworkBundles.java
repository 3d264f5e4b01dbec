// SPDX-License-Identifier: Apache-2.0
package org.solera.upgrade.engine.internal;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.ServiceException;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.dto.ServiceReferenceDTO;
import org.osgi.framework.wiring.FrameworkWiring;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.runtime.ServiceComponentRuntime;
import org.osgi.service.component.runtime.dto.ComponentConfigurationDTO;
import org.osgi.service.component.runtime.dto.ComponentDescriptionDTO;
import org.osgi.service.component.runtime.dto.ReferenceDTO;
import org.osgi.service.component.runtime.dto.SatisfiedReferenceDTO;
import org.osgi.service.component.runtime.dto.UnsatisfiedReferenceDTO;
import org.solera.platform.api.DrainCoordinator;
import org.solera.platform.api.HealthTree;
import org.solera.platform.api.OwnerRegistry;
import org.solera.platform.api.SoleraException;
import org.solera.platform.api.spi.RestModule;

/** The bundles of this framework, their declarative components and their services. Thread-safe. */
@Component(service = RunningBundles.class)
public final class FrameworkBundles implements RunningBundles {
    private static final String PORT_NAME = "port.name";
    private static final String PRODUCT = "mvn:org.solera";
    private static final String CONSOLE = "console";
    private static final String CAUSED_BY = "Caused by:";

    private final BundleContext context;
    private final ServiceComponentRuntime runtime;
    private final OwnerRegistry owners;
    private final DrainCoordinator drains;
    private final HealthTree tree;

    @Activate
    public FrameworkBundles(
            BundleContext context,
            @Reference ServiceComponentRuntime runtime,
            @Reference OwnerRegistry owners,
            @Reference DrainCoordinator drains,
            @Reference HealthTree tree) {
        this.context = context;
        this.runtime = runtime;
        this.owners = owners;
        this.drains = drains;
        this.tree = tree;
    }

    @Override
    public List<Running> named(String symbolicName) {
        return bundles(bundle -> symbolicName.equals(bundle.getSymbolicName()));
    }

    @Override
    public List<Running> ofTheProduct() {
        return bundles(bundle -> bundle.getLocation().startsWith(PRODUCT));
    }

    private List<Running> bundles(Predicate<Bundle> which) {
        return Stream.of(context.getBundles())
                .filter(bundle -> bundle.getSymbolicName() != null && which.test(bundle))
                .sorted(Comparator.comparingLong(Bundle::getBundleId))
                .map(bundle -> new Running(
                        bundle.getBundleId(),
                        bundle.getSymbolicName(),
                        bundle.getVersion().toString(),
                        bundle.getLocation(),
                        bundle.getState() == Bundle.ACTIVE))
                .toList();
    }

    private FrameworkWiring wiring() {
        return context.getBundle(Constants.SYSTEM_BUNDLE_LOCATION).adapt(FrameworkWiring.class);
    }

    @Override
    public List<String> dependants(long bundleId) {
        Bundle bundle = context.getBundle(bundleId);
        if (bundle == null) {
            return List.of();
        }
        return wiring().getDependencyClosure(List.of(bundle)).stream()
                .filter(each -> each.getBundleId() != bundleId)
                .map(FrameworkBundles::title)
                .sorted()
                .toList();
    }

    private static String title(Bundle bundle) {
        return bundle.getSymbolicName() + "/" + bundle.getVersion();
    }

    @Override
    public List<String> staticUsers(long bundleId) {
        List<String> users = new ArrayList<>();
        for (ComponentDescriptionDTO component : runtime.getComponentDescriptionDTOs()) {
            if (component.bundle.id == bundleId) {
                continue;
            }
            Set<String> fixed = new TreeSet<>();
            for (ReferenceDTO reference : component.references) {
                if (!"dynamic".equals(reference.policy)) {
                    fixed.add(reference.name);
                }
            }
            boolean uses = !fixed.isEmpty()
                    && runtime.getComponentConfigurationDTOs(component).stream()
                            .flatMap(configuration -> Stream.of(configuration.satisfiedReferences))
                            .filter(reference -> fixed.contains(reference.name))
                            .anyMatch(reference -> isFrom(reference, bundleId));
            if (uses) {
                users.add(
                        "%s/%s: %s".formatted(component.bundle.symbolicName, component.bundle.version, component.name));
            }
        }
        users.sort(Comparator.naturalOrder());
        return users;
    }

    private static boolean isFrom(SatisfiedReferenceDTO reference, long bundleId) {
        for (ServiceReferenceDTO service : reference.boundServices) {
            if (service.bundle == bundleId) {
                return true;
            }
        }
        return false;
    }

    private List<ServiceReference<?>> registered(long bundleId) {
        Bundle bundle = context.getBundle(bundleId);
        ServiceReference<?> @Nullable [] services = bundle == null ? null : bundle.getRegisteredServices();
        return services == null ? List.of() : List.of(services);
    }

    private static List<String> types(ServiceReference<?> service) {
        return service.getProperty(Constants.OBJECTCLASS) instanceof String[] types ? List.of(types) : List.of();
    }

    @Override
    public Set<String> services(long bundleId) {
        Set<String> types = new TreeSet<>();
        registered(bundleId).forEach(service -> types.addAll(types(service)));
        return types;
    }

    @Override
    public Set<String> ports(long bundleId) {
        Set<String> ports = new TreeSet<>();
        for (ServiceReference<?> service : registered(bundleId)) {
            if (service.getProperty(PORT_NAME) instanceof String port) {
                ports.add(port);
            }
            if (types(service).contains(RestModule.class.getName())) {
                ports.add(CONSOLE);
            }
        }
        return ports;
    }

    @Override
    public List<Part> components(long bundleId) {
        Bundle bundle = context.getBundle(bundleId);
        if (bundle == null || bundle.getState() != Bundle.ACTIVE) {
            return List.of();
        }
        return runtime.getComponentDescriptionDTOs(bundle).stream()
                .filter(runtime::isComponentEnabled)
                .flatMap(component -> runtime.getComponentConfigurationDTOs(component).stream())
                .map(FrameworkBundles::part)
                .toList();
    }

    private static Part part(ComponentConfigurationDTO configuration) {
        boolean works = configuration.state == ComponentConfigurationDTO.SATISFIED
                || configuration.state == ComponentConfigurationDTO.ACTIVE;
        List<String> waits = new ArrayList<>();
        if (!works) {
            for (UnsatisfiedReferenceDTO reference : configuration.unsatisfiedReferences) {
                waits.add("the service " + reference.name);
            }
        }
        boolean failed = configuration.state == ComponentConfigurationDTO.FAILED_ACTIVATION;
        return new Part(
                configuration.description.name,
                works,
                failed ? cause(configuration.failure) : "",
                String.join(" and ", waits));
    }

    /** The last cause tells the story; the first is that a constructor threw. */
    private static String cause(@Nullable String trace) {
        String told = "its activation failed";
        for (String line : trace == null ? List.<String>of() : trace.lines().toList()) {
            if (line.startsWith(CAUSED_BY)) {
                told = line.substring(CAUSED_BY.length()).trim();
            } else if (told.equals("its activation failed") && !line.isBlank()) {
                told = line.trim();
            }
        }
        return told;
    }

    /** Components are made when they are first asked for: asking is the only way to learn whether they can be made. */
    @Override
    public Optional<String> brokenService(long bundleId) {
        for (ServiceReference<?> service : registered(bundleId)) {
            try {
                if (context.getService(service) == null && service.getBundle() != null) {
                    return Optional.of(String.join(", ", types(service)) + " could not be made; the log has the cause");
                }
                context.ungetService(service);
            } catch (IllegalStateException | ServiceException broken) {
                return Optional.of(String.join(", ", types(service)) + ": " + broken.getMessage());
            }
        }
        return Optional.empty();
    }

    @Override
    public List<HealthTree.Entry> health(long bundleId) {
        return tree.entries().stream()
                .filter(entry -> entry.bundleId() == bundleId)
                .toList();
    }

    @Override
    public Set<String> owned(long bundleId) {
        return owners.resourcesOf(bundleId);
    }

    @Override
    public void handOver(String resource, long fromBundleId, long toBundleId) throws SoleraException {
        owners.handOver(resource, fromBundleId, toBundleId);
    }

    @Override
    public Optional<Long> ownerOf(String resource) {
        return owners.ownerOf(resource);
    }

    @Override
    public List<DrainCoordinator.Outcome> drain(long bundleId, Duration deadline) throws InterruptedException {
        return drains.drain(bundleId, deadline);
    }

    @Override
    public void resume(long bundleId) {
        drains.resume(bundleId);
    }

    @Override
    public boolean gone(long bundleId) {
        return context.getBundle(bundleId) == null
                && wiring().getRemovalPendingBundles().stream().noneMatch(bundle -> bundle.getBundleId() == bundleId);
    }
}
