// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.notices.internal;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;

/**
 * What counters grew by within the last ten minutes and the last hour. A counter that fell was begun anew and counts from
 * zero. At most {@link #COUNTERS_MOST} counters with one sample a quarter of a minute. Confined to one thread.
 */
final class Increases {
    static final Duration SHORT = Duration.ofMinutes(10);
    static final Duration LONG = Duration.ofHours(1);

    private static final int COUNTERS_MOST = 200;
    private static final int SAMPLES_MOST = 260;

    private record Sample(long nanos, double total) {}

    /** Growth since it was first seen, so that a counter begun anew goes on. */
    private static final class Counter {
        private final Deque<Sample> samples = new ArrayDeque<>();
        private double last;
        private double total;
        private long seenNanos;
    }

    private final Map<String, Counter> counters = new HashMap<>();

    /** Takes the value of a counter at this moment. */
    void take(String key, double value, long nanos) {
        Counter counter = counters.get(key);
        if (counter == null) {
            if (counters.size() >= COUNTERS_MOST) {
                return;
            }
            counter = new Counter();
            counter.last = value;
            counters.put(key, counter);
        }
        counter.total += value >= counter.last ? value - counter.last : value;
        counter.last = value;
        counter.seenNanos = nanos;
        counter.samples.addLast(new Sample(nanos, counter.total));
        while (counter.samples.size() > SAMPLES_MOST
                || nanos - counter.samples.getFirst().nanos() > LONG.toNanos()) {
            counter.samples.removeFirst();
        }
    }

    /** {@return what the counter grew by since then, as far as it is known} */
    double since(String key, Duration span, long nanos) {
        Counter counter = counters.get(key);
        if (counter == null) {
            return 0;
        }
        for (Sample sample : counter.samples) {
            if (nanos - sample.nanos() <= span.toNanos()) {
                return counter.total - sample.total();
            }
        }
        return 0;
    }

    /** Forgets counters that nobody gave for an hour. */
    void forget(long nanos) {
        counters.values().removeIf(counter -> nanos - counter.seenNanos > LONG.toNanos());
    }
}
