// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.net.internal;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** Limits that protect the ports from slow and hostile peers; PID {@code solera.net.http}. */
@ObjectClassDefinition(name = "Ports", description = "Limits of every port and of HTTP.")
public @interface HttpConfig {
    @AttributeDefinition(name = "Request line", description = "Longest request line, in bytes.", min = "256")
    int requestLineBytes() default 16_384;

    @AttributeDefinition(name = "Header bytes", description = "All header lines of a request, in bytes.", min = "1024")
    int headerBytes() default 32_768;

    @AttributeDefinition(name = "Headers", description = "Header lines of a request.", min = "8")
    int headers() default 100;

    @AttributeDefinition(
            name = "Head time",
            description = "Longest time for a whole request head or TLS handshake, in milliseconds.",
            min = "100")
    int headMillis() default 10_000;

    @AttributeDefinition(
            name = "Progress time",
            description = "Longest time without a byte of a body or an answer, in milliseconds.",
            min = "100")
    int progressMillis() default 30_000;

    @AttributeDefinition(
            name = "Idle time",
            description = "How long a connection is kept between requests, in milliseconds.",
            min = "100")
    int idleMillis() default 60_000;

    @AttributeDefinition(
            name = "Patience",
            description = "How long a request waits for a handler that is being replaced, in milliseconds.",
            min = "0")
    int patienceMillis() default 3_000;

    @AttributeDefinition(name = "Connections", description = "Open connections of one port.", min = "1")
    int connections() default 4_096;

    @AttributeDefinition(
            name = "Connections of one peer",
            description = "Open connections of one port from one address.",
            min = "1")
    int connectionsPerPeer() default 1_024;

    @AttributeDefinition(name = "Requests", description = "Requests of one port served at a time.", min = "1")
    int maxRequests() default 256;

    @AttributeDefinition(
            name = "Waiting requests",
            description = "Requests of one port that wait for a thread; more are answered with 503.",
            min = "1")
    int maxWaiting() default 1_024;

    @AttributeDefinition(name = "Longest body", description = "Largest body of one request, in GiB.", min = "1")
    int maxBodyGiB() default 5_120;

    @AttributeDefinition(
            name = "Event loops",
            description = "Threads that move bytes; 0 for one per processor, at least 2.",
            min = "0")
    int eventLoops() default 0;

    @AttributeDefinition(name = "Native transport", description = "Use epoll where its native library is present.")
    boolean epoll() default true;
}
