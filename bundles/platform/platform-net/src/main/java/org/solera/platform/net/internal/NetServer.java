// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.net.internal;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.locks.LockSupport;
import org.solera.platform.api.HealthReport;
import org.solera.platform.api.NamedExecutors;
import org.solera.platform.api.spi.MetricSource;
import org.solera.platform.net.api.ConnectionHandler;
import org.solera.platform.net.api.DatagramHandler;
import org.solera.platform.net.api.HttpHandler;
import org.solera.platform.net.api.PortSpec;
import org.solera.platform.net.api.Ports;

/** All ports of the appliance and the handlers behind them. Thread-safe. */
final class NetServer implements AutoCloseable {
    private static final Duration CLOSE_LIMIT = Duration.ofSeconds(1);
    private static final int HANDSHAKE_THREADS = 2;
    private static final int HANDSHAKE_QUEUE = 8_192;

    private final HandlerTable<HttpHandler> http = new HandlerTable<>();
    private final HandlerTable<ConnectionHandler> connections = new HandlerTable<>();
    private final HandlerTable<DatagramHandler> datagrams = new HandlerTable<>();
    private final Map<String, OpenPort> ports = new ConcurrentSkipListMap<>();
    private final Transport transport;
    private final ExecutorService handshakes;
    private final OpenPort.Shared shared;

    /**
     * @param address the address that ports bind to
     * @param offset what is added to every port number
     * @param eventLoops number of event loops, 0 for one per processor
     * @param epoll whether epoll is used where it is present
     */
    NetServer(
            NamedExecutors executors,
            InetAddress address,
            int offset,
            HttpLimits limits,
            int eventLoops,
            boolean epoll) {
        this.transport = new Transport(executors, eventLoops, epoll);
        this.handshakes = executors.open("net", "tls", HANDSHAKE_THREADS, HANDSHAKE_QUEUE);
        this.shared = new OpenPort.Shared(
                transport,
                executors,
                address,
                offset,
                limits,
                new TlsSource(handshakes, limits.head()),
                new OpenPort.Handlers(http, connections, datagrams));
    }

    HandlerTable<HttpHandler> http() {
        return http;
    }

    HandlerTable<ConnectionHandler> connections() {
        return connections;
    }

    HandlerTable<DatagramHandler> datagrams() {
        return datagrams;
    }

    TlsSource tls() {
        return shared.tls();
    }

    /** {@return how sockets are made: epoll or nio} */
    String mechanism() {
        return transport.mechanism().name();
    }

    /** Opens what is wanted and not open, closes what is open and not wanted. Returns when the outcome is known. */
    synchronized void apply(Collection<PortSpec> wanted) {
        Map<String, PortSpec> specs = new HashMap<>();
        wanted.forEach(spec -> specs.put(spec.name(), spec));
        List<OpenPort> leaving = ports.values().stream()
                .filter(port -> !port.spec().equals(specs.get(port.spec().name())))
                .toList();
        close(leaving);
        for (PortSpec spec : specs.values()) {
            if (!ports.containsKey(spec.name())) {
                OpenPort port = new OpenPort(spec, shared);
                ports.put(spec.name(), port);
                port.open();
            }
        }
        ports.values().forEach(OpenPort::awaitOpened);
    }

    private void close(Collection<OpenPort> leaving) {
        leaving.forEach(OpenPort::beginClosing);
        long deadline = System.nanoTime() + CLOSE_LIMIT.toNanos();
        while (System.nanoTime() < deadline
                && leaving.stream().anyMatch(port -> port.metrics().requests() > 0)) {
            LockSupport.parkNanos(Duration.ofMillis(5).toNanos());
        }
        for (OpenPort port : leaving) {
            port.close();
            ports.remove(port.spec().name());
        }
    }

    /** {@return the address of an open port} */
    Optional<InetSocketAddress> address(String port) {
        return Optional.ofNullable(ports.get(port)).map(OpenPort::address);
    }

    List<Ports.PortStatus> status() {
        return ports.values().stream().map(OpenPort::status).toList();
    }

    HealthReport health() {
        List<String> failures =
                ports.values().stream().flatMap(port -> port.failure().stream()).toList();
        if (!failures.isEmpty()) {
            return HealthReport.down(String.join(" ", failures), OpenPort.nextAction());
        }
        int open = ports.values().stream()
                .mapToInt(port -> port.metrics().connections())
                .sum();
        return HealthReport.up(ports.size() + " ports are open (" + mechanism() + "), " + open + " connections.");
    }

    void collect(MetricSource.Sink sink) {
        ports.values().forEach(port -> port.metrics().collect(sink));
    }

    /** Gives the handlers of a bundle nothing new and waits for what is under way. */
    boolean drain(long bundleId, Duration limit) throws InterruptedException {
        long deadline = System.nanoTime() + limit.toNanos();
        boolean complete = http.drain(bundleId, deadline);
        complete &= connections.drain(bundleId, deadline);
        complete &= datagrams.drain(bundleId, deadline);
        return complete;
    }

    /** Gives the handlers of a bundle work again. */
    void resume(long bundleId) {
        http.resume(bundleId);
        connections.resume(bundleId);
        datagrams.resume(bundleId);
    }

    @Override
    public synchronized void close() {
        close(List.copyOf(ports.values()));
        transport.close();
        handshakes.shutdownNow();
    }
}
