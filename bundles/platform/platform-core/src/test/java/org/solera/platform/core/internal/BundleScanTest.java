// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.core.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Version;
import org.osgi.framework.dto.BundleDTO;
import org.osgi.framework.startlevel.FrameworkStartLevel;
import org.osgi.service.component.runtime.ServiceComponentRuntime;
import org.osgi.service.component.runtime.dto.ComponentConfigurationDTO;
import org.osgi.service.component.runtime.dto.ComponentDescriptionDTO;
import org.osgi.service.component.runtime.dto.ReferenceDTO;
import org.osgi.service.component.runtime.dto.UnsatisfiedReferenceDTO;
import org.solera.platform.api.HealthReport.Status;
import org.solera.platform.api.HealthTree.Entry;

class BundleScanTest {
    private final List<Bundle> bundles = new ArrayList<>();
    private final List<ComponentConfigurationDTO> configurations = new ArrayList<>();
    private final AtomicLong nanos = new AtomicLong();
    private int startLevel = 100;
    private final BundleScan scan = new BundleScan(context(), components(), nanos::get);

    private interface Answer {
        Object to(String method, Object[] arguments);
    }

    private static <T> T fake(Class<T> type, Answer answer) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(), new Class<?>[] {type}, (proxy, method, arguments) -> switch (method.getName()) {
                    case "hashCode" -> System.identityHashCode(proxy);
                    case "equals" -> proxy == arguments[0];
                    default -> answer.to(method.getName(), arguments);
                }));
    }

    private BundleContext context() {
        FrameworkStartLevel level = fake(FrameworkStartLevel.class, (method, arguments) -> startLevel);
        Bundle system = fake(Bundle.class, (method, arguments) -> level);
        return fake(BundleContext.class, (method, arguments) -> switch (method) {
            case "getBundles" -> bundles.toArray(Bundle[]::new);
            case "getBundle" -> system;
            case "getProperty" -> "100";
            default -> throw new UnsupportedOperationException(method);
        });
    }

    private ServiceComponentRuntime components() {
        return fake(ServiceComponentRuntime.class, (method, arguments) -> switch (method) {
            case "getComponentDescriptionDTOs" ->
                configurations.stream().map(each -> each.description).toList();
            case "isComponentEnabled" -> true;
            case "getComponentConfigurationDTOs" ->
                configurations.stream()
                        .filter(each -> each.description == arguments[0])
                        .toList();
            default -> throw new UnsupportedOperationException(method);
        });
    }

    private void bundle(long id, String name, String version, int state, Map<String, String> headers) {
        bundles.add(fake(Bundle.class, (method, arguments) -> switch (method) {
            case "getBundleId" -> id;
            case "getSymbolicName" -> name;
            case "getVersion" -> new Version(version);
            case "getState" -> state;
            case "getHeaders" -> new Hashtable<>(headers);
            default -> throw new UnsupportedOperationException(method);
        }));
    }

    private void component(long bundle, String name, int state) {
        ComponentConfigurationDTO configuration = new ComponentConfigurationDTO();
        configuration.state = state;
        configuration.description = new ComponentDescriptionDTO();
        configuration.description.name = name;
        configuration.description.bundle = new BundleDTO();
        configuration.description.bundle.id = bundle;
        configuration.description.bundle.symbolicName = "org.solera.x";
        ReferenceDTO reference = new ReferenceDTO();
        reference.name = "store";
        reference.interfaceName = "org.solera.Store";
        reference.target = "(tier=hot)";
        configuration.description.references = new ReferenceDTO[] {reference};
        UnsatisfiedReferenceDTO unsatisfied = new UnsatisfiedReferenceDTO();
        unsatisfied.name = "store";
        configuration.unsatisfiedReferences = new UnsatisfiedReferenceDTO[] {unsatisfied};
        configurations.add(configuration);
    }

    private Entry only() {
        List<Entry> entries = scan.scan();
        assertEquals(1, entries.size(), entries.toString());
        return entries.get(0);
    }

    @Test
    void nothingIsSaidWhereAllRuns() {
        bundle(7, "org.solera.x", "1.0.0", Bundle.ACTIVE, Map.of());
        bundle(8, "org.example", "1.0.0", Bundle.INSTALLED, Map.of());
        bundle(9, "org.solera.part", "1.0.0", Bundle.RESOLVED, Map.of("Fragment-Host", "org.solera.x"));
        component(7, "X", ComponentConfigurationDTO.ACTIVE);
        assertEquals(List.of(), scan.scan());
    }

    @Test
    void aBundleThatDoesNotRunIsDownUnlessAnotherVersionServes() {
        bundle(7, "org.solera.x", "1.0.0", Bundle.RESOLVED, Map.of());
        Entry entry = only();
        assertEquals("bundle.org.solera.x", entry.name());
        assertEquals(7, entry.bundleId());
        assertEquals(Status.DOWN, entry.report().status());
        assertEquals(
                "Version 1.0.0 of org.solera.x is not started.", entry.report().detail());
        bundle(8, "org.solera.x", "1.0.1", Bundle.ACTIVE, Map.of());
        assertEquals(Status.DEGRADED, only().report().status());
    }

    @Test
    void anApplianceThatStartsSaysSo() {
        startLevel = 60;
        Entry entry = only();
        assertEquals("platform.start", entry.name());
        assertEquals(Status.DOWN, entry.report().status());
        assertTrue(
                entry.report().detail().contains("level 60 of 100"),
                entry.report().detail());
    }

    @Test
    void aComponentThatWaitsIsToldOnlyAfterAWhileAndWithWhatItWaitsFor() {
        bundle(7, "org.solera.x", "1.0.0", Bundle.ACTIVE, Map.of());
        component(7, "X", ComponentConfigurationDTO.UNSATISFIED_REFERENCE);
        assertEquals(List.of(), scan.scan());
        nanos.addAndGet(10_000_000_000L);
        assertEquals(List.of(), scan.scan());
        nanos.addAndGet(1);
        Entry entry = only();
        assertEquals("component.X", entry.name());
        assertEquals(Status.DOWN, entry.report().status());
        assertEquals(
                "org.solera.x waits for the service org.solera.Store with (tier=hot).",
                entry.report().detail());
    }

    @Test
    void aComponentThatWaitsInOneVersionOnlyDegrades() {
        bundle(7, "org.solera.x", "1.0.0", Bundle.ACTIVE, Map.of());
        component(7, "X", ComponentConfigurationDTO.UNSATISFIED_REFERENCE);
        component(8, "X", ComponentConfigurationDTO.SATISFIED);
        assertEquals(List.of(), scan.scan());
        nanos.addAndGet(11_000_000_000L);
        assertEquals(Status.DEGRADED, only().report().status());
    }

    @Test
    void whoStoppedWaitingInBetweenBeginsAnew() {
        bundle(7, "org.solera.x", "1.0.0", Bundle.ACTIVE, Map.of());
        component(7, "X", ComponentConfigurationDTO.UNSATISFIED_REFERENCE);
        assertEquals(List.of(), scan.scan());
        nanos.addAndGet(9_000_000_000L);
        configurations.get(0).state = ComponentConfigurationDTO.ACTIVE;
        assertEquals(List.of(), scan.scan());
        configurations.get(0).state = ComponentConfigurationDTO.UNSATISFIED_REFERENCE;
        nanos.addAndGet(9_000_000_000L);
        assertEquals(List.of(), scan.scan());
    }
}
