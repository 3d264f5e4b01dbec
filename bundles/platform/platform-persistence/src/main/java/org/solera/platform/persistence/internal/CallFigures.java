// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.persistence.internal;

import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.LongAdder;
import org.solera.platform.api.ErrorCode;
import org.solera.platform.api.PlatformError;
import org.solera.platform.api.SoleraException;
import org.solera.platform.api.spi.MetricSource;

/** Counts calls, waits and failures. Thread-safe. */
final class CallFigures {
    private static final double[] BOUNDS = {0.001, 0.005, 0.02, 0.1, 0.5, 2, 5};
    private static final double NANOS = 1e9;

    private final Histogram calls = new Histogram();
    private final Histogram waits = new Histogram();
    private final LongAdder busy = new LongAdder();
    private final LongAdder conflicts = new LongAdder();
    private final LongAdder others = new LongAdder();
    private final LongAdder refused = new LongAdder();

    private static final class Histogram {
        private final AtomicLongArray counts = new AtomicLongArray(BOUNDS.length + 1);
        private final LongAdder nanos = new LongAdder();

        void add(long spentNanos) {
            nanos.add(spentNanos);
            int bucket = 0;
            while (bucket < BOUNDS.length && spentNanos > BOUNDS[bucket] * NANOS) {
                bucket++;
            }
            counts.incrementAndGet(bucket);
        }

        void collect(MetricSource.Sink sink, String name, String help) {
            long[] copy = new long[counts.length()];
            for (int i = 0; i < copy.length; i++) {
                copy[i] = counts.get(i);
            }
            sink.histogram(name, help, BOUNDS.clone(), copy, nanos.sum() / NANOS);
        }
    }

    void waited(long nanos) {
        waits.add(nanos);
    }

    void ended(long nanos) {
        calls.add(nanos);
    }

    void refused() {
        refused.increment();
    }

    void failed(long nanos, SoleraException failure) {
        calls.add(nanos);
        ErrorCode code = failure.code();
        if (code == PlatformError.BUSY) {
            busy.increment();
        } else if (code == PlatformError.CONFLICT) {
            conflicts.increment();
        } else {
            others.increment();
        }
    }

    /** {@return calls that the database did not answer in time, so far} */
    long busyCalls() {
        return busy.sum();
    }

    void collect(MetricSource.Sink sink) {
        calls.collect(sink, "solera_platform_database_call_seconds", "Time of calls of the database.");
        waits.collect(sink, "solera_platform_database_wait_seconds", "Time until a call had its connection.");
        String failed = "solera_platform_database_failures_total";
        String help = "Calls of the database that failed.";
        sink.counter(failed, help, busy.sum(), "cause", "busy");
        sink.counter(failed, help, conflicts.sum(), "cause", "conflict");
        sink.counter(failed, help, refused.sum(), "cause", "queue");
        sink.counter(failed, help, others.sum(), "cause", "other");
    }
}
