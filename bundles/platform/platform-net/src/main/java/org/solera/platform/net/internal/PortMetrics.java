// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.net.internal;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.LongAdder;
import org.solera.platform.api.spi.MetricSource;

/** Figures of one port. Thread-safe. */
final class PortMetrics {
    private static final double[] SECONDS = {
        0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60
    };

    private final String port;
    private final AtomicInteger open = new AtomicInteger();
    private final AtomicInteger active = new AtomicInteger();
    private final LongAdder accepted = new LongAdder();
    private final LongAdder received = new LongAdder();
    private final LongAdder sent = new LongAdder();
    private final Map<String, LongAdder> refused = new ConcurrentHashMap<>();
    private final Map<String, LongAdder> waits = new ConcurrentHashMap<>();
    private final LongAdder[] classes = {
        new LongAdder(), new LongAdder(), new LongAdder(), new LongAdder(), new LongAdder()
    };
    private final AtomicLongArray latencies = new AtomicLongArray(SECONDS.length + 1);
    private final LongAdder latencyNanos = new LongAdder();

    PortMetrics(String port) {
        this.port = port;
    }

    /** {@return the number of open connections, this one included} */
    int opened() {
        accepted.increment();
        return open.incrementAndGet();
    }

    void closed() {
        open.decrementAndGet();
    }

    int connections() {
        return open.get();
    }

    /** {@return requests that began and did not end} */
    int requests() {
        return active.get();
    }

    void began() {
        active.incrementAndGet();
    }

    void gone() {
        active.decrementAndGet();
    }

    void answered(int status, long nanos) {
        classes[Math.min(Math.max(status / 100, 1), classes.length) - 1].increment();
        double seconds = nanos / 1e9;
        int bucket = 0;
        while (bucket < SECONDS.length && seconds > SECONDS[bucket]) {
            bucket++;
        }
        latencies.incrementAndGet(bucket);
        latencyNanos.add(nanos);
    }

    /** A connection or request was refused by the port. */
    void refused(String reason) {
        refused.computeIfAbsent(reason, any -> new LongAdder()).increment();
    }

    /** A request or connection waited for a handler. */
    void waited(boolean served) {
        waits.computeIfAbsent(served ? "served" : "given_up", any -> new LongAdder())
                .increment();
    }

    void received(long bytes) {
        received.add(bytes);
    }

    void sent(long bytes) {
        sent.add(bytes);
    }

    void collect(MetricSource.Sink sink) {
        sink.gauge("solera_net_connections", "Open connections.", open.get(), "port", port);
        sink.gauge("solera_net_requests_active", "Requests that are being served.", active.get(), "port", port);
        sink.counter("solera_net_connections_total", "Connections taken.", accepted.sum(), "port", port);
        sink.counter("solera_net_received_bytes_total", "Bytes received, without TLS.", received.sum(), "port", port);
        sink.counter("solera_net_sent_bytes_total", "Bytes sent, without TLS.", sent.sum(), "port", port);
        refused.forEach((reason, count) -> sink.counter(
                "solera_net_refused_total",
                "Connections and requests that the port refused by itself.",
                count.sum(),
                "port",
                port,
                "reason",
                reason));
        waits.forEach((outcome, count) -> sink.counter(
                "solera_net_handler_waits_total",
                "Requests and connections that waited for a handler being replaced.",
                count.sum(),
                "port",
                port,
                "outcome",
                outcome));
        long[] counts = new long[latencies.length()];
        long requests = 0;
        for (int i = 0; i < counts.length; i++) {
            counts[i] = latencies.get(i);
            requests += counts[i];
        }
        if (requests == 0) {
            return;
        }
        for (int i = 0; i < classes.length; i++) {
            String name = (i + 1) + "xx";
            sink.counter("solera_net_requests_total", "Answers sent.", classes[i].sum(), "port", port, "class", name);
        }
        String help = "Time from the head of a request to the end of its answer.";
        double sum = Duration.ofNanos(latencyNanos.sum()).toNanos() / 1e9;
        sink.histogram("solera_net_request_seconds", help, SECONDS, counts, sum, "port", port);
    }
}
