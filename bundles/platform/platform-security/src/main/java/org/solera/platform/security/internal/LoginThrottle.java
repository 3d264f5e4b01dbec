// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.security.internal;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Slows down guessing: after some failures in a row a key waits 1 s, then 2, 4, up to the longest pause. Remembers the
 * 10,000 keys used last; the one used longest ago is forgotten first, and so is one without a failure for an hour.
 * <b>Thread-safety:</b> thread-safe.
 */
final class LoginThrottle {
    private static final int LIMIT = 10_000;
    private static final Duration FORGOTTEN = Duration.ofHours(1);

    private record Failures(int count, long atNanos, long untilNanos) {}

    private final int free;
    private final long longestSeconds;
    private final LongSupplier nanoTime;
    private final Map<String, Failures> failures = new LinkedHashMap<>(16, 0.75f, true) { // guarded by this
                @Override
                protected boolean removeEldestEntry(Map.Entry<String, Failures> eldest) {
                    return size() > LIMIT;
                }
            };

    /**
     * @param free failures in a row that cost nothing; the next one does
     * @param longest the longest pause
     * @param nanoTime a clock that never goes back
     */
    LoginThrottle(int free, Duration longest, LongSupplier nanoTime) {
        this.free = free;
        this.longestSeconds = longest.toSeconds();
        this.nanoTime = nanoTime;
    }

    /** {@return how long this key has to wait; zero when it may try} */
    synchronized Duration pause(String key) {
        Failures known = known(key);
        if (known == null || known.count() < free) {
            return Duration.ZERO;
        }
        long left = known.untilNanos() - nanoTime.getAsLong();
        return left <= 0 ? Duration.ZERO : Duration.ofNanos(left);
    }

    synchronized void failed(String key) {
        Failures known = known(key);
        int count = known == null ? 1 : Math.min(known.count() + 1, 1_000);
        long seconds = count < free ? 0 : Math.min(longestSeconds, 1L << Math.min(count - free, 16));
        long now = nanoTime.getAsLong();
        failures.put(
                key, new Failures(count, now, now + Duration.ofSeconds(seconds).toNanos()));
    }

    synchronized void succeeded(String key) {
        failures.remove(key);
    }

    private @Nullable Failures known(String key) {
        Failures known = failures.get(key);
        if (known != null && nanoTime.getAsLong() - known.atNanos() > FORGOTTEN.toNanos()) {
            failures.remove(key);
            return null;
        }
        return known;
    }
}
