// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.history.internal;

import java.util.HashMap;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.solera.platform.api.history.Snapshot;
import org.solera.platform.api.history.Snapshot.Figure;

/** Makes the few figures that people see first. Confined to one thread; remembers one moment. */
final class Overview {
    private record Moment(long nanos, double cpu, double idle, double requests, double received, double sent) {}

    private @Nullable Moment before;

    /**
     * {@return the figures by name; those that are not known are left out} They are {@code cpuPercent, memoryUsedBytes,
     * memoryTotalBytes, capacityUsedBytes, capacityTotalBytes, requestsPerSecond, receivedBytesPerSecond,
     * sentBytesPerSecond, sessions}.
     *
     * @param now all figures
     * @param nanos a monotonic time
     */
    Map<String, Object> advance(Snapshot now, long nanos) {
        Map<String, Object> state = new HashMap<>();
        double total = sum(now, "solera_host_memory_total_bytes");
        double free = sum(now, "solera_host_memory_available_bytes");
        put(state, "memoryTotalBytes", total);
        put(state, "memoryUsedBytes", total - free);
        double capacity = sum(now, "solera_storage_drive_total_bytes");
        put(state, "capacityTotalBytes", capacity);
        put(state, "capacityUsedBytes", capacity - sum(now, "solera_storage_drive_free_bytes"));
        put(state, "sessions", sum(now, "solera_platform_sessions"));
        Moment moment = new Moment(
                nanos,
                sum(now, "solera_host_cpu_seconds_total"),
                sum(now, "solera_host_cpu_seconds_total", Overview::isIdle),
                sum(now, "solera_net_requests_total"),
                sum(now, "solera_net_received_bytes_total"),
                sum(now, "solera_net_sent_bytes_total"));
        Moment last = before;
        before = moment;
        if (last != null && nanos > last.nanos()) {
            double seconds = (nanos - last.nanos()) / 1e9;
            double busy = 1 - (moment.idle() - last.idle()) / (moment.cpu() - last.cpu());
            put(state, "cpuPercent", Math.min(100, Math.max(0, busy * 100)));
            rate(state, "requestsPerSecond", last.requests(), moment.requests(), seconds);
            rate(state, "receivedBytesPerSecond", last.received(), moment.received(), seconds);
            rate(state, "sentBytesPerSecond", last.sent(), moment.sent(), seconds);
        }
        return state;
    }

    /** Nobody watched for a while: the next rates begin anew. */
    void forget() {
        before = null;
    }

    private static boolean isIdle(Figure figure) {
        String mode = figure.labels().getOrDefault("mode", "");
        return mode.equals("idle") || mode.equals("iowait");
    }

    private static void rate(Map<String, Object> state, String name, double before, double after, double seconds) {
        // A port that saw no request yet tells no counter.
        double begin = Double.isNaN(before) ? 0 : before;
        double end = Double.isNaN(after) ? 0 : after;
        if (end >= begin) {
            put(state, name, (end - begin) / seconds);
        }
    }

    private static void put(Map<String, Object> state, String name, double value) {
        if (Double.isFinite(value)) {
            state.put(name, value);
        }
    }

    private static double sum(Snapshot now, String name) {
        return sum(now, name, any -> true);
    }

    private static double sum(Snapshot now, String name, Predicate<Figure> wanted) {
        double sum = Double.NaN;
        for (Figure figure : now.figures()) {
            if (figure.name().equals(name) && wanted.test(figure)) {
                sum = Double.isNaN(sum) ? figure.value() : sum + figure.value();
            }
        }
        return sum;
    }
}
