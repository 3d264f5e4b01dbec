// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.net.internal;

import io.netty.channel.ChannelFuture;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.solera.platform.api.NamedExecutors;
import org.solera.platform.net.api.PortSpec;
import org.solera.platform.net.api.Ports;

/** One port from its opening to its end; tries again while its number is taken. Thread-safe. */
final class OpenPort implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(OpenPort.class);
    private static final int RETRY_SECONDS = 5;

    /** What all kinds of ports share. */
    record Shared(
            Transport transport,
            NamedExecutors executors,
            InetAddress address,
            int offset,
            HttpLimits limits,
            TlsSource tls,
            Handlers handlers) {}

    /** Who serves, by kind. */
    record Handlers(
            HandlerTable<org.solera.platform.net.api.HttpHandler> http,
            HandlerTable<org.solera.platform.net.api.ConnectionHandler> connections,
            HandlerTable<org.solera.platform.net.api.DatagramHandler> datagrams) {}

    private final PortSpec spec;
    private final Shared shared;
    private final InetSocketAddress wanted;
    private final PortMetrics metrics;
    private final Admission admission;
    private final @Nullable ExecutorService pool;
    private final @Nullable HttpService http;
    private @Nullable TcpPort tcp; // guarded by this
    private @Nullable UdpPort udp; // guarded by this
    private @Nullable ChannelFuture bound; // guarded by this
    private boolean closed; // guarded by this
    private boolean complained; // guarded by this

    OpenPort(PortSpec spec, Shared shared) {
        this.spec = spec;
        this.shared = shared;
        int number = spec.number() == 0 ? 0 : spec.number() + shared.offset();
        this.wanted = new InetSocketAddress(shared.address(), number);
        this.metrics = new PortMetrics(spec.name());
        this.admission = new Admission(spec.name(), shared.limits(), metrics);
        if (spec.kind() == PortSpec.Kind.HTTP) {
            HttpLimits limits = shared.limits();
            ExecutorService threads =
                    shared.executors().open("net", "http-" + spec.name(), limits.maxRequests(), limits.maxWaiting());
            pool = threads;
            http = new HttpService(
                    spec.name(),
                    spec.requireTls(),
                    limits,
                    metrics,
                    shared.handlers().http(),
                    threads);
        } else {
            pool = null;
            http = null;
        }
    }

    /** Binds; when that fails it says so once and tries again every few seconds. */
    void open() {
        ChannelFuture opening;
        synchronized (this) {
            if (closed) {
                return;
            }
            if (spec.kind() == PortSpec.Kind.UDP) {
                UdpPort socket = new UdpPort(
                        shared.transport(),
                        wanted,
                        spec.name(),
                        shared.handlers().datagrams(),
                        metrics);
                udp = socket;
                opening = socket.bound();
            } else {
                TcpPort socket = new TcpPort(shared.transport(), wanted, admission, http != null, this::firstByte);
                tcp = socket;
                opening = socket.bound();
            }
            bound = opening;
        }
        opening.addListener(done -> opened(opening));
    }

    private synchronized void opened(ChannelFuture opening) {
        if (opening.isSuccess()) {
            String what = spec.requireTls() ? " (TLS only)" : "";
            log.info(
                    "Port {} is open on {}{}.",
                    spec.name(),
                    text((InetSocketAddress) opening.channel().localAddress()),
                    what);
            return;
        }
        if (!complained) {
            complained = true;
            log.error("{} {}", problem(opening.cause()), nextAction());
        }
        if (!closed) {
            var unused = shared.transport().loops().next().schedule(this::open, RETRY_SECONDS, TimeUnit.SECONDS);
        }
    }

    private FirstByte firstByte() {
        HttpService service = http;
        if (service == null) {
            RawConnections raw = new RawConnections(
                    spec.name(), shared.limits().patience(), shared.handlers().connections(), metrics);
            return new FirstByte(
                    shared.tls(),
                    false,
                    !spec.requireTls(),
                    shared.limits(),
                    metrics,
                    (channel, secure, first) -> raw.start(channel, first));
        }
        return new FirstByte(shared.tls(), true, true, shared.limits(), metrics, (channel, secure, first) -> {
            channel.pipeline().addLast(HttpConnection.NAME, new HttpConnection(service, channel, secure));
            TcpPort.feed(channel, first);
        });
    }

    /** Waits until it is known whether the port could be opened. Not on an event loop. */
    void awaitOpened() {
        ChannelFuture opening;
        synchronized (this) {
            opening = bound;
        }
        if (opening != null) {
            opening.awaitUninterruptibly();
        }
    }

    PortSpec spec() {
        return spec;
    }

    PortMetrics metrics() {
        return metrics;
    }

    /** {@return why the port is not open, as a sentence, if it is not} */
    synchronized Optional<String> failure() {
        ChannelFuture opening = bound;
        return opening == null || !opening.isDone() || opening.isSuccess()
                ? Optional.empty()
                : Optional.of(problem(opening.cause()));
    }

    private String problem(Throwable cause) {
        return "Port " + spec.name() + " could not be opened on " + text(wanted) + ": " + cause.getMessage() + ".";
    }

    /** {@return what a person can do when the port is not open} */
    static String nextAction() {
        return "Stop the program that uses the number, or start the appliance with another port offset or address.";
    }

    /** {@return the address that it listens on, or would} */
    synchronized InetSocketAddress address() {
        ChannelFuture opening = bound;
        if (opening != null
                && opening.isSuccess()
                && opening.channel().localAddress() instanceof InetSocketAddress is) {
            return is;
        }
        return wanted;
    }

    Ports.PortStatus status() {
        List<String> bundles = switch (spec.kind()) {
            case HTTP -> shared.handlers().http().bundles(spec.name());
            case TCP -> shared.handlers().connections().bundles(spec.name());
            case UDP -> shared.handlers().datagrams().bundles(spec.name());
        };
        String kind = spec.kind() == PortSpec.Kind.UDP ? "udp" : "tcp";
        return new Ports.PortStatus(
                spec.name(), text(address()), kind, spec.requireTls(), metrics.connections(), bundles);
    }

    private static String text(InetSocketAddress address) {
        String host = address.getAddress().getHostAddress();
        return (address.getAddress() instanceof Inet6Address ? "[" + host + "]" : host) + ":" + address.getPort();
    }

    /** Takes no new connections; requests under way go on, and each answer ends its connection. */
    void beginClosing() {
        HttpService service = http;
        if (service != null) {
            service.beginClosing();
        }
        TcpPort socket;
        synchronized (this) {
            closed = true;
            socket = tcp;
        }
        if (socket != null) {
            socket.stopListening();
        }
    }

    @Override
    public void close() {
        beginClosing();
        TcpPort connections;
        UdpPort datagrams;
        synchronized (this) {
            connections = tcp;
            datagrams = udp;
        }
        if (connections != null) {
            connections.close();
        }
        if (datagrams != null) {
            datagrams.close();
        }
        if (pool != null) {
            List<Runnable> dropped = pool.shutdownNow();
            if (!dropped.isEmpty()) {
                log.warn("Port {} closed with {} requests waiting.", spec.name(), dropped.size());
            }
        }
    }
}
