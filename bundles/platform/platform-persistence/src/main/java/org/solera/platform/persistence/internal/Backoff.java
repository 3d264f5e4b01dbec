// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.persistence.internal;

/** When to try again: after 1 s, 2 s, 4 s, ... 30 s. For one thread. */
final class Backoff {
    private static final long FIRST_MILLIS = 1_000;
    private static final long LONGEST_MILLIS = 30_000;

    private long pauseMillis;
    private long notBeforeNanos = System.nanoTime();

    boolean due() {
        return System.nanoTime() - notBeforeNanos >= 0;
    }

    void failed() {
        pauseMillis = Math.min(LONGEST_MILLIS, Math.max(FIRST_MILLIS, 2 * pauseMillis));
        notBeforeNanos = System.nanoTime() + pauseMillis * 1_000_000;
    }

    void reset() {
        pauseMillis = 0;
        notBeforeNanos = System.nanoTime();
    }
}
