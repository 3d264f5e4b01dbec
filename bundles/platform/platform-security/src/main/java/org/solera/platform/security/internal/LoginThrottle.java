// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.security.internal;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * Slows down guessing: after 5 failures in a row a name from one origin waits 1 s, then 2, 4, up to 60 s. Remembers the
 * 10,000 pairs used last; the one used longest ago is forgotten first. <b>Thread-safety:</b> thread-safe.
 */
final class LoginThrottle {
    private static final int FREE_FAILURES = 5;
    private static final int LONGEST_SECONDS = 60;
    private static final int LIMIT = 10_000;

    private record Key(String name, String origin) {}

    private record Failures(int count, long untilNanos) {}

    private final LongSupplier nanoTime;
    private final Map<Key, Failures> failures = new LinkedHashMap<>(16, 0.75f, true) { // guarded by this
                @Override
                protected boolean removeEldestEntry(Map.Entry<Key, Failures> eldest) {
                    return size() > LIMIT;
                }
            };

    LoginThrottle(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    /** {@return how long this name from this origin has to wait; zero when it may try} */
    synchronized Duration pause(String name, String origin) {
        Failures known = failures.get(new Key(name, origin));
        if (known == null || known.count() < FREE_FAILURES) {
            return Duration.ZERO;
        }
        long left = known.untilNanos() - nanoTime.getAsLong();
        return left <= 0 ? Duration.ZERO : Duration.ofNanos(left);
    }

    synchronized void failed(String name, String origin) {
        Key key = new Key(name, origin);
        Failures known = failures.get(key);
        int count = known == null ? 1 : Math.min(known.count() + 1, 1_000);
        long seconds = count < FREE_FAILURES ? 0 : Math.min(LONGEST_SECONDS, 1L << Math.min(count - FREE_FAILURES, 16));
        failures.put(
                key,
                new Failures(
                        count,
                        nanoTime.getAsLong() + Duration.ofSeconds(seconds).toNanos()));
    }

    synchronized void succeeded(String name, String origin) {
        failures.remove(new Key(name, origin));
    }
}
