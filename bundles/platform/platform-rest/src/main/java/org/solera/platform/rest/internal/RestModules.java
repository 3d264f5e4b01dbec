// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.rest.internal;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.ServiceReference;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.solera.platform.api.HealthReport;
import org.solera.platform.api.NamedExecutors;
import org.solera.platform.api.spi.Drainable;
import org.solera.platform.api.spi.HealthCheck;
import org.solera.platform.api.spi.RestModule;

/**
 * Serves every module under {@code /api/v1/<domain>} of the console port, each as a JAX-RS application with a base of its
 * own, so that two versions of a module run side by side and the newer gets new requests.
 */
@Component(
        immediate = true,
        service = {HealthCheck.class, Drainable.class})
public final class RestModules implements HealthCheck, Drainable {
    private static final Logger log = LoggerFactory.getLogger(RestModules.class);
    private static final String DEFAULT_PORT = "8181";
    private static final Duration PROBE_PAUSE = Duration.ofMillis(50);
    private static final Duration LATE = Duration.ofSeconds(15);
    private static final Duration UNBIND_LIMIT = Duration.ofSeconds(2);
    private static final Duration LINGER = Duration.ofSeconds(1);

    private final long ownBundleId;
    private final UpstreamPool upstreams;
    private final Forwarding forwarding;
    private final Container container;
    private final ExecutorService executor;
    private final ScheduledExecutorService scheduler;
    private final RestServices services;
    private final Map<ServiceReference<RestModule>, Deployment> deployments = new ConcurrentHashMap<>();
    private volatile boolean drained;

    @Activate
    public RestModules(BundleContext context, @Reference NamedExecutors executors, @Reference RestServices services) {
        this(context, executors, services, new Forwarding(), address(context));
        CxfEndpoint.provideRuntime();
    }

    private RestModules(
            BundleContext context,
            NamedExecutors executors,
            RestServices services,
            Forwarding forwarding,
            InetSocketAddress address) {
        this(
                context.getBundle().getBundleId(),
                executors,
                services,
                forwarding,
                address,
                new Container.OfFramework(context, address, forwarding));
    }

    RestModules(
            long ownBundleId,
            NamedExecutors executors,
            RestServices services,
            Forwarding forwarding,
            InetSocketAddress address,
            Container container) {
        this.services = services;
        this.ownBundleId = ownBundleId;
        this.upstreams = new UpstreamPool(address, ConsoleHandler.SILENCE);
        this.forwarding = forwarding;
        this.container = container;
        this.executor = executors.open("rest", "deploy", 1, 1_000);
        this.scheduler = executors.openScheduler("rest", "deploy-later");
    }

    private static InetSocketAddress address(BundleContext context) {
        String port = context.getProperty("solera.port.internal");
        return new InetSocketAddress(
                InetAddress.getLoopbackAddress(), Integer.parseInt(port == null ? DEFAULT_PORT : port.trim()));
    }

    @Deactivate
    void close() {
        Collection<Deployment> all = List.copyOf(deployments.values());
        all.forEach(Deployment::leave);
        try {
            awaitNone(all, UNBIND_LIMIT);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
        scheduler.shutdownNow();
        executor.shutdownNow();
        all.forEach(Deployment::undeploy);
        upstreams.close();
    }

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    void bindModule(ServiceReference<RestModule> reference, RestModule module) {
        long bundleId = reference.getProperty(Constants.SERVICE_BUNDLEID) instanceof Long id ? id : -1;
        long serviceId = reference.getProperty(Constants.SERVICE_ID) instanceof Long id ? id : -1;
        String base = "/r%d.%d.%d".formatted(bundleId, serviceId, ownBundleId);
        Deployment deployment = new Deployment(
                reference,
                bundleId,
                module.domain(),
                base,
                new ModuleApplication(module, forwarding, services),
                new ConsoleHandler(upstreams, base, forwarding),
                container);
        deployments.put(reference, deployment);
        run(() -> {
            deployment.deploy();
            advance(deployment);
        });
    }

    void unbindModule(ServiceReference<RestModule> reference) {
        Deployment deployment = deployments.remove(reference);
        if (deployment == null) {
            return;
        }
        deployment.leave();
        try {
            if (!deployment.requests().awaitNone(UNBIND_LIMIT)) {
                log.warn(
                        "{} requests of {} were cut off.", deployment.requests().count(), deployment.domain());
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
        // The port may have chosen the handler at the very moment it left: such a request still finds the application.
        later(() -> run(deployment::undeploy), LINGER);
    }

    private void advance(Deployment deployment) {
        if (!deployment.advance()) {
            later(() -> run(() -> advance(deployment)), PROBE_PAUSE);
        } else if (deployment.isPublished()) {
            log.info(
                    "/api/v1/{} is served by bundle {} after {} ms.",
                    deployment.domain(),
                    deployment.bundleId(),
                    deployment.age().toMillis());
        }
    }

    private void run(Runnable step) {
        try {
            executor.execute(step);
        } catch (RejectedExecutionException closing) {
            log.debug("A step is left out: the modules are closing.", closing);
        }
    }

    private void later(Runnable step, Duration pause) {
        try {
            var unused = scheduler.schedule(step, pause.toMillis(), TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException closing) {
            log.debug("A step is left out: the modules are closing.", closing);
        }
    }

    @Override
    public String name() {
        return "platform.rest";
    }

    /** A module that is not served yet matters only where no other version of it is. */
    @Override
    public HealthReport check() {
        if (drained) {
            return HealthReport.standby("Another version serves the modules.");
        }
        List<Deployment> pending = deployments.values().stream()
                .filter(deployment -> !deployment.isPublished())
                .toList();
        if (pending.isEmpty()) {
            return HealthReport.up("%d modules are served.".formatted(deployments.size()));
        }
        String domains =
                pending.stream().map(Deployment::domain).distinct().sorted().collect(Collectors.joining(", "));
        boolean missing = pending.stream().anyMatch(deployment -> !isServed(deployment.domain()));
        boolean late = pending.stream().anyMatch(deployment -> deployment.age().compareTo(LATE) > 0);
        String detail = "Not served yet: %s.".formatted(domains);
        String nextAction = late ? "Look at the log for why the application was not deployed." : "Wait a moment.";
        return missing ? HealthReport.down(detail, nextAction) : HealthReport.degraded(detail, nextAction);
    }

    private boolean isServed(String domain) {
        return deployments.values().stream()
                .anyMatch(deployment -> deployment.domain().equals(domain) && deployment.isPublished());
    }

    @Override
    public int inFlight() {
        return deployments.values().stream()
                .mapToInt(deployment -> deployment.requests().count())
                .sum();
    }

    /** Lets another version of this bundle serve the modules. */
    @Override
    public boolean drain(Duration deadline) throws InterruptedException {
        drained = true;
        Collection<Deployment> all = List.copyOf(deployments.values());
        all.forEach(Deployment::unpublish);
        return awaitNone(all, deadline);
    }

    private static boolean awaitNone(Collection<Deployment> all, Duration limit) throws InterruptedException {
        long end = System.nanoTime() + limit.toNanos();
        boolean none = true;
        for (Deployment deployment : all) {
            none &= deployment.requests().awaitNone(Duration.ofNanos(end - System.nanoTime()));
        }
        return none;
    }

    @Override
    public void resume() {
        drained = false;
        deployments.values().forEach(deployment -> run(() -> advance(deployment)));
    }
}
