// SPDX-License-Identifier: Apache-2.0
package org.solera.bench.load;

import java.util.Arrays;

/** Durations of requests. Thread-safe; holds at most {@value #MOST} and then drops none silently: it refuses more. */
public final class Durations {
    private static final int MOST = 20_000_000;

    private long[] micros = new long[1024];
    private int count;

    /** Adds one duration. */
    public synchronized void add(long durationMicros) {
        if (count == MOST) {
            throw new IllegalStateException("More than " + MOST + " requests in one phase");
        }
        if (count == micros.length) {
            micros = Arrays.copyOf(micros, Math.min(MOST, count * 2));
        }
        micros[count++] = durationMicros;
    }

    /** {@return how many there are} */
    public synchronized int count() {
        return count;
    }

    /**
     * {@return the smallest duration that is not exceeded by this share of all, in milliseconds; 0 without samples}
     *
     * @param share 0 to 1, for example 0.999
     */
    public synchronized double quantileMillis(double share) {
        if (count == 0) {
            return 0;
        }
        long[] sorted = Arrays.copyOf(micros, count);
        Arrays.sort(sorted);
        int index = (int) Math.ceil(share * count) - 1;
        return sorted[Math.max(0, Math.min(count - 1, index))] / 1000.0;
    }
}
