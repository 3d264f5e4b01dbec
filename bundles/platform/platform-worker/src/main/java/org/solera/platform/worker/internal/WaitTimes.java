// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.worker.internal;

import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.LongAdder;

/** How long callers waited for a worker. Thread-safe. */
final class WaitTimes {
    private static final double[] BOUNDS_SECONDS = {0.001, 0.01, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10};

    private final AtomicLongArray counts = new AtomicLongArray(BOUNDS_SECONDS.length + 1);
    private final LongAdder sumNanos = new LongAdder();

    void add(long nanos) {
        double seconds = nanos / 1e9;
        int bucket = 0;
        while (bucket < BOUNDS_SECONDS.length && seconds > BOUNDS_SECONDS[bucket]) {
            bucket++;
        }
        counts.incrementAndGet(bucket);
        sumNanos.add(nanos);
    }

    static double[] bounds() {
        return BOUNDS_SECONDS.clone();
    }

    /** Adds the counts to a sum over several pools; {@return the sum of the waits, in seconds} */
    double addTo(long[] totals) {
        for (int i = 0; i < totals.length; i++) {
            totals[i] += counts.get(i);
        }
        return sumNanos.sum() / 1e9;
    }
}
