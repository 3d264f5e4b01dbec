// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.core.internal;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.osgi.framework.Constants;
import org.osgi.framework.ServiceReference;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.solera.platform.api.DrainCoordinator;
import org.solera.platform.api.spi.BundleDrain;
import org.solera.platform.api.spi.Drainable;

/**
 * Drains a bundle from the outside inwards: first what leads requests to it ({@link BundleDrain}, for example the ports),
 * then its own {@link Drainable} services, highest ranking first. One deadline holds for all; a drain that failed counts
 * as incomplete and does not keep the others from draining.
 */
@Component(service = DrainCoordinator.class)
public final class ServiceDrains implements DrainCoordinator {
    private static final Logger log = LoggerFactory.getLogger(ServiceDrains.class);

    private final Map<ServiceReference<BundleDrain>, BundleDrain> edges = new ConcurrentHashMap<>();
    private final Map<ServiceReference<Drainable>, Drainable> drainables = new ConcurrentHashMap<>();

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    void bindEdge(ServiceReference<BundleDrain> reference, BundleDrain edge) {
        edges.put(reference, edge);
    }

    void unbindEdge(ServiceReference<BundleDrain> reference) {
        edges.remove(reference);
    }

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    void bindDrainable(ServiceReference<Drainable> reference, Drainable drainable) {
        drainables.put(reference, drainable);
    }

    void unbindDrainable(ServiceReference<Drainable> reference) {
        drainables.remove(reference);
    }

    @Override
    public List<Outcome> drain(long bundleId, Duration deadline) throws InterruptedException {
        long end = System.nanoTime() + deadline.toNanos();
        List<Outcome> outcomes = new ArrayList<>();
        for (BundleDrain edge : best(edges)) {
            outcomes.add(one(edge.name(), end, left -> edge.drain(bundleId, left)));
        }
        for (Drainable drainable : drainablesOf(bundleId)) {
            outcomes.add(one(drainable.name(), end, drainable::drain));
        }
        return List.copyOf(outcomes);
    }

    @Override
    public void resume(long bundleId) {
        for (Drainable drainable : drainablesOf(bundleId)) {
            guarded(drainable.name(), drainable::resume);
        }
        for (BundleDrain edge : best(edges)) {
            guarded(edge.name(), () -> edge.resume(bundleId));
        }
    }

    private List<Drainable> drainablesOf(long bundleId) {
        return drainables.entrySet().stream()
                .filter(entry -> bundleOf(entry.getKey()) == bundleId)
                .sorted(Map.Entry.<ServiceReference<Drainable>, Drainable>comparingByKey()
                        .reversed())
                .map(Map.Entry::getValue)
                .toList();
    }

    private static <S> List<S> best(Map<ServiceReference<S>, S> services) {
        return services.entrySet().stream()
                .sorted(Map.Entry.<ServiceReference<S>, S>comparingByKey(Comparator.reverseOrder()))
                .map(Map.Entry::getValue)
                .toList();
    }

    static long bundleOf(ServiceReference<?> reference) {
        return reference.getProperty(Constants.SERVICE_BUNDLEID) instanceof Long id ? id : -1;
    }

    private interface Drain {
        boolean drain(Duration left) throws InterruptedException;
    }

    private static Outcome one(String name, long end, Drain drain) throws InterruptedException {
        long begin = System.nanoTime();
        boolean complete = false;
        try {
            complete = drain.drain(Duration.ofNanos(Math.max(0, end - begin)));
        } catch (RuntimeException defect) {
            log.error("The drain of {} failed.", name, defect);
        }
        return new Outcome(
                name, complete, Duration.ofNanos(System.nanoTime() - begin).toMillis());
    }

    private static void guarded(String name, Runnable resume) {
        try {
            resume.run();
        } catch (RuntimeException defect) {
            log.error("{} could not take work again.", name, defect);
        }
    }
}
