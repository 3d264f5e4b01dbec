// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.net.internal;

import java.time.Duration;

/**
 * The limits of a port, with their units.
 *
 * @param requestLineBytes longest request line
 * @param headerBytes all header lines of a request together
 * @param headers number of header lines
 * @param head the longest time for a request head or a TLS handshake
 * @param progress the longest time without a byte of a body or an answer
 * @param idle how long a connection is kept between requests
 * @param patience how long a request waits for a handler that is being replaced
 * @param connections open connections of one port
 * @param connectionsPerPeer open connections of one port from one address
 * @param maxRequests requests of one port that are served at a time
 * @param maxWaiting requests of one port that wait for a thread
 * @param bodyBytes largest body
 */
record HttpLimits(
        int requestLineBytes,
        int headerBytes,
        int headers,
        Duration head,
        Duration progress,
        Duration idle,
        Duration patience,
        int connections,
        int connectionsPerPeer,
        int maxRequests,
        int maxWaiting,
        long bodyBytes) {
    /** Bytes of a request body that wait for their handler, and of an answer that wait for the peer. */
    static final int WINDOW_BYTES = 256 << 10;

    /** Bytes of a body that its handler left unread and that are skipped to keep the connection. */
    static final int SKIP_BYTES = 1 << 20;

    static HttpLimits of(HttpConfig config) {
        return new HttpLimits(
                config.requestLineBytes(),
                config.headerBytes(),
                config.headers(),
                Duration.ofMillis(config.headMillis()),
                Duration.ofMillis(config.progressMillis()),
                Duration.ofMillis(config.idleMillis()),
                Duration.ofMillis(config.patienceMillis()),
                config.connections(),
                config.connectionsPerPeer(),
                config.maxRequests(),
                config.maxWaiting(),
                Math.multiplyExact((long) config.maxBodyGiB(), 1L << 30));
    }
}
