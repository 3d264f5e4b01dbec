// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.worker.internal;

import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Puts what the workers of a pool say on standard error into the log: lines of at most 400 characters, at most 20 in 10
 * seconds; what is beyond is counted and dropped. Thread-safe.
 */
final class ErrorLines {
    static final int LINE_LENGTH = 400;
    static final int LINES = 20;
    private static final long WINDOW_NANOS = 10_000_000_000L;
    private static final Logger log = LoggerFactory.getLogger(ErrorLines.class);

    private final String pool;
    private final LongSupplier nanoClock;
    private long windowStart; // guarded by this
    private int inWindow; // guarded by this
    private long dropped; // guarded by this

    ErrorLines(String pool, LongSupplier nanoClock) {
        this.pool = pool;
        this.nanoClock = nanoClock;
        this.windowStart = nanoClock.getAsLong();
    }

    /** {@return whether the line was logged rather than dropped} */
    synchronized boolean add(long pid, String line) {
        long now = nanoClock.getAsLong();
        if (now - windowStart > WINDOW_NANOS) {
            if (inWindow > LINES) {
                log.warn("{} lines of the workers of {} were dropped.", inWindow - LINES, pool);
            }
            windowStart = now;
            inWindow = 0;
        }
        if (++inWindow > LINES) {
            dropped++;
            return false;
        }
        log.warn("Worker {} of {} says: {}", pid, pool, line);
        return true;
    }

    /** {@return lines dropped since the pool was opened} */
    synchronized long dropped() {
        return dropped;
    }
}
