// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.worker.internal;

import java.time.Duration;
import java.util.function.LongSupplier;

/** Growing pauses between starts after failures: 100 ms, doubling to 10 s, none after a success. Not thread-safe. */
final class Backoff {
    static final Duration FIRST = Duration.ofMillis(100);
    static final Duration LONGEST = Duration.ofSeconds(10);

    private final LongSupplier nanoClock;
    private int failures;
    private long failedAt;

    Backoff(LongSupplier nanoClock) {
        this.nanoClock = nanoClock;
    }

    /** Notes a failure. Workers that fail together, within one pause, count once. */
    void failed() {
        if (failures == 0 || pauseNanos() <= 0) {
            failures = Math.min(failures + 1, 30);
        }
        failedAt = nanoClock.getAsLong();
    }

    void succeeded() {
        failures = 0;
    }

    /** {@return failures since the last success} */
    int failures() {
        return failures;
    }

    /** {@return how long to wait before the next start, in nanoseconds; 0 or less for not at all} */
    long pauseNanos() {
        if (failures == 0) {
            return 0;
        }
        long pause = Math.min(FIRST.toNanos() << (failures - 1), LONGEST.toNanos());
        return pause - (nanoClock.getAsLong() - failedAt);
    }
}
