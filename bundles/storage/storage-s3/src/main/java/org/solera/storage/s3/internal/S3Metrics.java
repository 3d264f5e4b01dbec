// SPDX-License-Identifier: Apache-2.0
package org.solera.storage.s3.internal;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import org.solera.platform.api.spi.MetricSource;

/** Figures of each operation. Thread-safe; as many entries as there are operations and statuses. */
final class S3Metrics {
    private static final double[] BOUNDS = {0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1, 3, 10, 30};

    private record Key(String operation, int status) {}

    private static final class Times {
        private final LongAdder[] counts = new LongAdder[BOUNDS.length + 1];
        private final LongAdder nanos = new LongAdder();

        Times() {
            java.util.Arrays.setAll(counts, i -> new LongAdder());
        }
    }

    private final Map<Key, LongAdder> requests = new ConcurrentHashMap<>();
    private final Map<String, Times> times = new ConcurrentHashMap<>();

    void record(String operation, int status, long nanos) {
        requests.computeIfAbsent(new Key(operation, status), key -> new LongAdder())
                .increment();
        Times each = times.computeIfAbsent(operation, key -> new Times());
        int bucket = 0;
        while (bucket < BOUNDS.length && nanos > BOUNDS[bucket] * 1e9) {
            bucket++;
        }
        each.counts[bucket].increment();
        each.nanos.add(nanos);
    }

    void collect(MetricSource.Sink sink) {
        requests.forEach((key, count) -> sink.counter(
                "solera_storage_s3_requests_total",
                "Requests by operation and status.",
                count.sum(),
                "operation",
                key.operation(),
                "status",
                Integer.toString(key.status())));
        times.forEach((operation, each) -> {
            long[] counts = new long[each.counts.length];
            java.util.Arrays.setAll(counts, i -> each.counts[i].sum());
            sink.histogram(
                    "solera_storage_s3_request_seconds",
                    "Time from the request to the end of its answer.",
                    BOUNDS,
                    counts,
                    each.nanos.sum() / 1e9,
                    "operation",
                    operation);
        });
    }
}
