// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.core.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.osgi.framework.ServiceReference;
import org.solera.platform.api.DrainCoordinator.Outcome;
import org.solera.platform.api.spi.BundleDrain;
import org.solera.platform.api.spi.Drainable;

class ServiceDrainsTest {
    private static final Duration LIMIT = Duration.ofSeconds(30);

    private final ServiceDrains drains = new ServiceDrains();
    private final List<String> steps = new ArrayList<>();
    private Duration seenLeft = Duration.ZERO;

    /** A reference that sorts by its ranking, as those of the framework do. */
    @SuppressWarnings("unchecked")
    private static <S> ServiceReference<S> reference(long bundle, int ranking) {
        return (ServiceReference<S>) Proxy.newProxyInstance(
                ServiceDrainsTest.class.getClassLoader(),
                new Class<?>[] {ServiceReference.class},
                (proxy, method, arguments) -> switch (method.getName()) {
                    case "getProperty" ->
                        arguments[0].equals("service.bundleid")
                                ? (Object) bundle
                                : arguments[0].equals("service.ranking") ? ranking : null;
                    case "compareTo" ->
                        Integer.compare(
                                ranking, (Integer) ((ServiceReference<?>) arguments[0]).getProperty("service.ranking"));
                    case "hashCode" -> System.identityHashCode(proxy);
                    case "equals" -> proxy == arguments[0];
                    default -> throw new UnsupportedOperationException(method.getName());
                });
    }

    private final class Part implements Drainable {
        private final String name;
        private final boolean complete;
        private boolean broken;

        Part(String name, boolean complete) {
            this.name = name;
            this.complete = complete;
        }

        @Override
        public String name() {
            return name;
        }

        @Override
        public int inFlight() {
            return 0;
        }

        @Override
        public boolean drain(Duration deadline) {
            steps.add("drain " + name);
            seenLeft = deadline;
            if (broken) {
                throw new IllegalStateException("broken on purpose");
            }
            return complete;
        }

        @Override
        public void resume() {
            steps.add("resume " + name);
            if (broken) {
                throw new IllegalStateException("broken on purpose");
            }
        }
    }

    private final class Edge implements BundleDrain {
        @Override
        public String name() {
            return "ports";
        }

        @Override
        public boolean drain(long bundleId, Duration deadline) throws InterruptedException {
            steps.add("drain ports of " + bundleId);
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
            return true;
        }

        @Override
        public void resume(long bundleId) {
            steps.add("resume ports of " + bundleId);
        }
    }

    @Test
    void theWayInIsClosedFirstThenPartsByRankAndOnlyThoseOfTheBundle() throws InterruptedException {
        drains.bindDrainable(reference(7, 1), new Part("low", true));
        drains.bindDrainable(reference(7, 5), new Part("high", true));
        drains.bindDrainable(reference(8, 9), new Part("foreign", true));
        drains.bindEdge(reference(1, 0), new Edge());

        List<Outcome> outcomes = drains.drain(7, LIMIT);

        assertEquals(List.of("drain ports of 7", "drain high", "drain low"), steps);
        assertEquals(
                List.of("ports", "high", "low"),
                outcomes.stream().map(Outcome::name).toList());
        assertTrue(outcomes.stream().allMatch(Outcome::complete));
        steps.clear();
        drains.resume(7);
        assertEquals(List.of("resume high", "resume low", "resume ports of 7"), steps, "the way in is opened last");
    }

    @Test
    void aDrainThatFailsCountsAsIncompleteAndKeepsNobodyBack() throws InterruptedException {
        Part broken = new Part("broken", true);
        broken.broken = true;
        drains.bindDrainable(reference(7, 5), broken);
        drains.bindDrainable(reference(7, 3), new Part("slow", false));
        drains.bindDrainable(reference(7, 1), new Part("good", true));

        List<Outcome> outcomes = drains.drain(7, LIMIT);

        assertEquals(
                List.of(false, false, true),
                outcomes.stream().map(Outcome::complete).toList());
        steps.clear();
        drains.resume(7);
        assertEquals(List.of("resume broken", "resume slow", "resume good"), steps);
    }

    @Test
    void oneDeadlineHoldsForAllAndIsNeverNegative() throws InterruptedException {
        drains.bindDrainable(reference(7, 1), new Part("one", true));
        drains.drain(7, LIMIT);
        assertTrue(seenLeft.compareTo(LIMIT) <= 0 && !seenLeft.isZero(), seenLeft.toString());
        drains.drain(7, Duration.ofSeconds(-5));
        assertEquals(Duration.ZERO, seenLeft);
    }

    @Test
    void whatLeftIsNotAsked() throws InterruptedException {
        ServiceReference<Drainable> part = reference(7, 1);
        ServiceReference<BundleDrain> edge = reference(1, 1);
        drains.bindDrainable(part, new Part("one", true));
        drains.bindEdge(edge, new Edge());
        drains.unbindDrainable(part);
        drains.unbindEdge(edge);
        assertEquals(List.of(), drains.drain(7, LIMIT));
        assertEquals(List.of(), steps);
    }

    @Test
    void anInterruptionEndsTheDrain() {
        drains.bindEdge(reference(1, 1), new Edge());
        drains.bindDrainable(reference(7, 1), new Part("one", true));
        Thread.currentThread().interrupt();
        assertThrows(InterruptedException.class, () -> drains.drain(7, LIMIT));
        assertEquals(List.of("drain ports of 7"), steps);
        assertFalse(Thread.currentThread().isInterrupted());
    }
}
