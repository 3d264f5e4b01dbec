// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.net.internal;

import static org.osgi.service.component.annotations.ReferenceCardinality.MULTIPLE;
import static org.osgi.service.component.annotations.ReferencePolicy.DYNAMIC;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.osgi.framework.Bundle;
import org.osgi.framework.ServiceReference;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.metatype.annotations.Designate;
import org.solera.platform.api.Appliance;
import org.solera.platform.api.HealthReport;
import org.solera.platform.api.NamedExecutors;
import org.solera.platform.api.ServiceRank;
import org.solera.platform.api.spi.BundleDrain;
import org.solera.platform.api.spi.HealthCheck;
import org.solera.platform.api.spi.MetricSource;
import org.solera.platform.net.api.ConnectionHandler;
import org.solera.platform.net.api.DatagramHandler;
import org.solera.platform.net.api.HttpHandler;
import org.solera.platform.net.api.PortNames;
import org.solera.platform.net.api.PortSpec;
import org.solera.platform.net.api.Ports;
import org.solera.platform.net.api.TlsMaterial;

/**
 * Keeps the ports of the appliance open: the standard ones and those that capabilities or configurations name. Knows the
 * handlers of every bundle and drains them when a bundle is replaced.
 */
@Component(
        service = {Ports.class, HealthCheck.class, MetricSource.class, BundleDrain.class},
        immediate = true,
        configurationPid = "solera.net.http")
@Designate(ocd = HttpConfig.class)
public final class PortOwner implements Ports, HealthCheck, MetricSource, BundleDrain {
    private static final List<PortSpec> STANDARD = List.of(
            new PortSpec(PortNames.CONSOLE, 8443, PortSpec.Kind.HTTP, true),
            new PortSpec(PortNames.S3, 9000, PortSpec.Kind.HTTP, false),
            new PortSpec(PortNames.DOWNLOAD, 9101, PortSpec.Kind.HTTP, false));

    private record Wish(ServiceRank rank, PortSpec spec) {}

    private final NetServer server;
    private final List<Wish> wishes = new ArrayList<>(); // guarded by this
    private boolean started; // guarded by this

    @Activate
    public PortOwner(@Reference Appliance appliance, @Reference NamedExecutors executors, HttpConfig config) {
        server = new NetServer(
                executors,
                appliance.bindAddress(),
                appliance.portOffset(),
                HttpLimits.of(config),
                config.eventLoops(),
                config.epoll());
    }

    // The handlers that are there already are bound between the constructor and this call.
    @Activate
    synchronized void start() {
        started = true;
        apply();
    }

    @Deactivate
    synchronized void stop() {
        started = false;
        server.close();
    }

    @Reference(cardinality = MULTIPLE, policy = DYNAMIC)
    synchronized void bindPort(PortSpec spec, Map<String, ?> properties) {
        wishes.add(new Wish(ServiceRank.of(properties), spec));
        apply();
    }

    synchronized void unbindPort(PortSpec spec) {
        wishes.removeIf(wish -> wish.spec() == spec);
        apply();
    }

    private void apply() {
        if (!started) {
            return;
        }
        Map<String, PortSpec> wanted = new HashMap<>();
        STANDARD.forEach(spec -> wanted.put(spec.name(), spec));
        wishes.stream()
                .sorted(Comparator.comparing(Wish::rank))
                .forEach(wish -> wanted.put(wish.spec().name(), wish.spec()));
        server.apply(wanted.values());
    }

    @Reference(cardinality = MULTIPLE, policy = DYNAMIC)
    void bindTls(TlsMaterial material, Map<String, ?> properties) {
        server.tls().bind(material, properties);
    }

    void unbindTls(TlsMaterial material) {
        server.tls().unbind(material);
    }

    @Reference(cardinality = MULTIPLE, policy = DYNAMIC)
    void bindHttp(HttpHandler handler, ServiceReference<HttpHandler> reference, Map<String, ?> properties) {
        server.http().bind(handler, properties, bundle(reference));
    }

    void unbindHttp(HttpHandler handler) {
        server.http().unbind(handler);
    }

    @Reference(cardinality = MULTIPLE, policy = DYNAMIC)
    void bindConnection(
            ConnectionHandler handler, ServiceReference<ConnectionHandler> reference, Map<String, ?> properties) {
        server.connections().bind(handler, properties, bundle(reference));
    }

    void unbindConnection(ConnectionHandler handler) {
        server.connections().unbind(handler);
    }

    @Reference(cardinality = MULTIPLE, policy = DYNAMIC)
    void bindDatagram(DatagramHandler handler, ServiceReference<DatagramHandler> reference, Map<String, ?> properties) {
        server.datagrams().bind(handler, properties, bundle(reference));
    }

    void unbindDatagram(DatagramHandler handler) {
        server.datagrams().unbind(handler);
    }

    private static String bundle(ServiceReference<?> reference) {
        Bundle bundle = reference.getBundle();
        return bundle == null ? "?" : bundle.getSymbolicName() + "/" + bundle.getVersion();
    }

    @Override
    public List<PortStatus> ports() {
        return server.status();
    }

    @Override
    public String name() {
        return "platform.net";
    }

    @Override
    public HealthReport check() {
        return server.health();
    }

    @Override
    public void collect(Sink sink) {
        server.collect(sink);
    }

    @Override
    public boolean drain(long bundleId, Duration deadline) throws InterruptedException {
        return server.drain(bundleId, deadline);
    }

    @Override
    public void resume(long bundleId) {
        server.resume(bundleId);
    }
}
