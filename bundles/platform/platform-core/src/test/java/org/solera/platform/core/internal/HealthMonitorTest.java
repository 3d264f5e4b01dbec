// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.core.internal;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Dictionary;
import java.util.Hashtable;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.osgi.framework.Bundle;
import org.osgi.framework.ServiceReference;
import org.solera.platform.api.HealthReport;
import org.solera.platform.api.HealthReport.Status;
import org.solera.platform.api.HealthTree.Entry;
import org.solera.platform.api.spi.HealthCheck;

class HealthMonitorTest {
    private final Set<Long> candidates = ConcurrentHashMap.newKeySet();
    private final HealthMonitor monitor = monitor(Set.of());

    private HealthMonitor monitor(Set<String> required) {
        return new HealthMonitor(
                required,
                ArrayList::new,
                () -> Set.copyOf(candidates),
                new BoundedExecutors(),
                new LiveHub(),
                Duration.ofMillis(300));
    }

    @AfterEach
    void close() {
        monitor.close();
    }

    private record Check(String name, Supplier<HealthReport> answer) implements HealthCheck {
        @Override
        public HealthReport check() {
            return answer.get();
        }
    }

    /** A reference of which only the bundle id matters. */
    private record Reference(long bundleId) implements ServiceReference<HealthCheck> {
        @Override
        public Object getProperty(String key) {
            return key.equals("service.bundleid") ? bundleId : null;
        }

        @Override
        public String[] getPropertyKeys() {
            return new String[0];
        }

        @Override
        public Bundle getBundle() {
            return null;
        }

        @Override
        public Bundle[] getUsingBundles() {
            return new Bundle[0];
        }

        @Override
        public boolean isAssignableTo(Bundle bundle, String className) {
            return true;
        }

        @Override
        public int compareTo(Object other) {
            return 0;
        }

        @Override
        public Dictionary<String, Object> getProperties() {
            return new Hashtable<>(Map.of());
        }

        @Override
        public <A> A adapt(Class<A> type) {
            return null;
        }
    }

    private void add(long bundleId, String name, HealthReport report) {
        monitor.bindCheck(new Reference(bundleId), new Check(name, () -> report));
    }

    @Test
    void isReadyUntilAPartIsDown() {
        add(1, "storage.engine", HealthReport.up(""));
        add(2, "media.image", HealthReport.degraded("No fast path.", ""));
        assertTrue(monitor.ready());
        add(3, "storage.s3", HealthReport.down("No port.", ""));
        assertFalse(monitor.ready());
        assertEquals(Status.DOWN, monitor.entries().get(0).report().status(), "the worst part comes first");
    }

    @Test
    void whatACandidateSaysOfPartsThatOnlyItHasDoesNotMatter() {
        add(1, "storage.s3", HealthReport.up(""));
        add(9, "storage.s3.more", HealthReport.down("Not yet.", ""));
        assertFalse(monitor.ready());
        candidates.add(9L);
        monitor.bindCheck(new Reference(1), new Check("other", () -> HealthReport.up("")));
        assertTrue(monitor.ready());
    }

    @Test
    void aNewVersionThatIsDownDoesNotMatterWhileTheOldOneServes() {
        add(1, "storage.s3", HealthReport.up(""));
        add(9, "storage.s3", HealthReport.down("Not yet.", ""));
        assertTrue(monitor.ready());
    }

    @Test
    void aStandbyDoesNotMakeUpForAPartThatIsDown() {
        add(1, "storage.engine", HealthReport.standby("Waits."));
        assertTrue(monitor.ready());
        add(2, "storage.engine", HealthReport.down("Broken.", ""));
        assertFalse(monitor.ready());
    }

    @Test
    void aCheckThatThrowsIsDown() {
        monitor.bindCheck(new Reference(1), new Check("storage.s3", () -> {
            throw new IllegalStateException("defect");
        }));
        assertFalse(monitor.ready());
        assertTrue(monitor.entries().get(0).report().detail().contains("defect"));
    }

    @Test
    void aCheckThatHangsIsDownHoldsOneThreadAndRecovers() {
        CountDownLatch release = new CountDownLatch(1);
        AtomicInteger asked = new AtomicInteger();
        monitor.bindCheck(new Reference(1), new Check("storage.engine", () -> {
            asked.incrementAndGet();
            try {
                release.await();
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
            }
            return HealthReport.up("");
        }));
        assertFalse(monitor.ready());
        assertTrue(monitor.entries().get(0).report().detail().startsWith("It did not answer within"));
        await().pollDelay(Duration.ofMillis(400)).until(() -> !monitor.ready());
        assertEquals(1, asked.get());
        release.countDown();
        await().until(monitor::ready);
    }

    @Test
    void aRequiredCheckThatIsAbsentIsDown() {
        HealthMonitor strict = monitor(Set.of("platform.net"));
        try {
            assertFalse(strict.ready());
            assertEquals("platform.net", strict.entries().get(0).name());
            strict.bindCheck(new Reference(1), new Check("platform.net", () -> HealthReport.up("")));
            assertTrue(strict.ready());
        } finally {
            strict.close();
        }
    }

    @Test
    void anEntryNamesTheBundleThatAnswers() {
        add(17, "storage.s3", HealthReport.up(""));
        assertEquals(
                new Entry("storage.s3", 17, HealthReport.up("")),
                monitor.entries().get(0));
    }
}
