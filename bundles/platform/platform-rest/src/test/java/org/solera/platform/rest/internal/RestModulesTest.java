// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.rest.internal;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.reflect.Proxy;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import javax.ws.rs.core.Application;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.osgi.framework.ServiceReference;
import org.solera.platform.api.HealthReport.Status;
import org.solera.platform.api.Lease;
import org.solera.platform.api.NamedExecutors;
import org.solera.platform.api.spi.RestModule;
import org.solera.platform.net.api.HttpHandler;

class RestModulesTest {
    private final List<String> steps = new CopyOnWriteArrayList<>();
    private final Set<String> answering = ConcurrentHashMap.newKeySet();
    private final RestModules modules = new RestModules(
            3,
            new Threads(),
            new RestServices(),
            new Forwarding(),
            new InetSocketAddress(InetAddress.getLoopbackAddress(), 1),
            new Recorder());

    private static final class Threads implements NamedExecutors {
        @Override
        public ExecutorService open(String domain, String purpose, int threads, int queue) {
            return Executors.newFixedThreadPool(threads);
        }

        @Override
        public ScheduledExecutorService openScheduler(String domain, String purpose) {
            return Executors.newSingleThreadScheduledExecutor();
        }
    }

    private final class Recorder implements Container {
        @Override
        public Lease deploy(String name, String base, Application application) {
            steps.add("deploy " + base);
            return () -> steps.add("undeploy " + base);
        }

        @Override
        public boolean answers(String base) {
            return answering.contains(base);
        }

        @Override
        public Lease publish(ServiceReference<RestModule> module, String prefix, HttpHandler handler) {
            String what = prefix + " of " + module.getProperty("service.bundleid");
            steps.add("publish " + what);
            return () -> steps.add("unpublish " + what);
        }
    }

    private record Module(String domain, Set<Object> resources) implements RestModule {}

    @SuppressWarnings("unchecked")
    private static ServiceReference<RestModule> reference(long bundleId) {
        return (ServiceReference<RestModule>) Proxy.newProxyInstance(
                RestModulesTest.class.getClassLoader(),
                new Class<?>[] {ServiceReference.class},
                (proxy, method, arguments) -> switch (method.getName()) {
                    case "getProperty" -> arguments[0].equals("service.bundleid") ? bundleId : bundleId * 10;
                    case "hashCode" -> (int) bundleId;
                    case "equals" -> proxy == arguments[0];
                    case "toString" -> "bundle " + bundleId;
                    default -> throw new UnsupportedOperationException(method.getName());
                });
    }

    @AfterEach
    void close() {
        modules.close();
    }

    @Test
    void aModuleIsPublishedOnceItAnswersAndUndeployedAfterItLeft() {
        ServiceReference<RestModule> old = reference(7);
        modules.bindModule(old, new Module("test", Set.of()));
        await().until(() -> steps.contains("deploy /r7.70.3/api/v1/test"));
        assertEquals(Status.DOWN, modules.check().status());
        assertEquals(1, steps.size(), "nothing is published before it answers");
        answering.add("/r7.70.3/api/v1/test");
        await().until(() -> modules.check().status() == Status.UP);
        modules.unbindModule(old);
        await().until(() -> steps.size() == 4);
        assertEquals(
                List.of(
                        "deploy /r7.70.3/api/v1/test",
                        "publish /api/v1/test of 7",
                        "unpublish /api/v1/test of 7",
                        "undeploy /r7.70.3/api/v1/test"),
                steps);
    }

    @Test
    void twoVersionsRunSideBySideAndTheNewOneIsWaitedForQuietly() {
        answering.add("/r7.70.3/api/v1/test");
        modules.bindModule(reference(7), new Module("test", Set.of()));
        await().until(() -> modules.check().status() == Status.UP);
        modules.bindModule(reference(9), new Module("test", Set.of()));
        assertEquals(Status.DEGRADED, modules.check().status());
        answering.add("/r9.90.3/api/v1/test");
        await().until(() -> modules.check().status() == Status.UP);
        assertTrue(steps.contains("publish /api/v1/test of 9"));
    }

    @Test
    void aDrainedBundlePublishesNothingUntilItIsResumed() throws InterruptedException {
        answering.add("/r7.70.3/api/v1/test");
        modules.bindModule(reference(7), new Module("test", Set.of()));
        await().until(() -> modules.check().status() == Status.UP);
        assertTrue(modules.drain(Duration.ofSeconds(1)));
        assertEquals("unpublish /api/v1/test of 7", steps.get(steps.size() - 1));
        assertEquals(Status.STANDBY, modules.check().status());
        modules.resume();
        await().until(() -> steps.get(steps.size() - 1).equals("publish /api/v1/test of 7"));
    }
}
