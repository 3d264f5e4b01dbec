// SPDX-License-Identifier: Apache-2.0
package org.solera.media.fop.internal;

import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.LongAdder;
import org.solera.media.api.MediaFigures;
import org.solera.platform.api.spi.MetricSource.Sink;

/** Counts what is done. Thread-safe. */
final class Figures {
    private static final double[] BOUNDS_SECONDS = {0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30};

    final LongAdder requests = new LongAdder();
    final LongAdder hits = new LongAdder();
    final LongAdder coalesced = new LongAdder();
    final LongAdder failures = new LongAdder();
    private final LongAdder computed = new LongAdder();
    private final LongAdder computedNanos = new LongAdder();
    private final AtomicLongArray buckets = new AtomicLongArray(BOUNDS_SECONDS.length + 1);

    void computed(long nanos) {
        computed.increment();
        computedNanos.add(nanos);
        int bucket = 0;
        while (bucket < BOUNDS_SECONDS.length && nanos / 1e9 > BOUNDS_SECONDS[bucket]) {
            bucket++;
        }
        buckets.incrementAndGet(bucket);
    }

    MediaFigures read(ResultCache cache) {
        return new MediaFigures(
                requests.sum(),
                hits.sum(),
                coalesced.sum(),
                computed.sum(),
                failures.sum(),
                cache.size(),
                cache.bytes());
    }

    /** @param version tells the versions of the bundle apart while two of them serve */
    void write(Sink sink, ResultCache cache, String version) {
        String name = "solera_media_operations";
        sink.counter(name + "_requests_total", "Operations asked for.", requests.sum(), "version", version);
        sink.counter(name + "_hits_total", "Answered from the cache.", hits.sum(), "version", version);
        sink.counter(name + "_coalesced_total", "Answered by shared work.", coalesced.sum(), "version", version);
        sink.counter(name + "_failures_total", "Ended with an error.", failures.sum(), "version", version);
        sink.gauge("solera_media_cache_bytes", "Bytes of cached results.", cache.bytes(), "version", version);
        long[] counts = new long[buckets.length()];
        for (int i = 0; i < counts.length; i++) {
            counts[i] = buckets.get(i);
        }
        sink.histogram(
                name + "_seconds",
                "Time of operations that were done.",
                BOUNDS_SECONDS.clone(),
                counts,
                computedNanos.sum() / 1e9,
                "version",
                version);
    }
}
