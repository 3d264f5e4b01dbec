// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.net.internal;

import java.net.InetAddress;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Counts the connections of one port and refuses what is beyond its limits. Thread-safe. */
final class Admission {
    private static final Logger log = LoggerFactory.getLogger(Admission.class);
    private static final long LOG_PAUSE_NANOS = 10_000_000_000L;

    private final String port;
    private final HttpLimits limits;
    private final PortMetrics metrics;
    private final Map<InetAddress, Integer> peers = new ConcurrentHashMap<>();
    private final AtomicLong loggedNanos = new AtomicLong(System.nanoTime() - LOG_PAUSE_NANOS);

    Admission(String port, HttpLimits limits, PortMetrics metrics) {
        this.port = port;
        this.limits = limits;
        this.metrics = metrics;
    }

    /** {@return whether this peer may have one more connection; then {@link #leave} must follow} */
    boolean enter(InetAddress peer) {
        int ofPort = metrics.opened();
        int ofPeer = peers.merge(peer, 1, Integer::sum);
        if (ofPort > limits.connections()) {
            refuse(peer, "PORT_CONNECTIONS", limits.connections() + " connections in all");
        } else if (ofPeer > limits.connectionsPerPeer()) {
            refuse(peer, "PEER_CONNECTIONS", limits.connectionsPerPeer() + " connections of one address");
        } else {
            return true;
        }
        leave(peer);
        return false;
    }

    void leave(InetAddress peer) {
        metrics.closed();
        peers.computeIfPresent(peer, (any, count) -> count > 1 ? count - 1 : null);
    }

    private void refuse(InetAddress peer, String reason, String limit) {
        metrics.refused(reason);
        long last = loggedNanos.get();
        long now = System.nanoTime();
        if (now - last >= LOG_PAUSE_NANOS && loggedNanos.compareAndSet(last, now)) {
            log.warn("Port {} refuses connections, now one of {}: it allows {}.", port, peer.getHostAddress(), limit);
        }
    }
}
