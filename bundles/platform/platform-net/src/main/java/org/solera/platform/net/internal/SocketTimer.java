// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.net.internal;

import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One deadline that moves often: a running timer is left alone when the deadline moves away and armed again when it
 * fires too early. Confined to an event loop.
 */
final class SocketTimer {
    private static final long NONE = 0;

    private final EventExecutor loop;
    private final Runnable expired;
    private long deadlineNanos = NONE;
    private long firesNanos;
    private @Nullable ScheduledFuture<?> running;

    SocketTimer(EventExecutor loop, Runnable expired) {
        this.loop = loop;
        this.expired = expired;
    }

    /** Expires so long from now, instead of when it would have. */
    void in(long nanos) {
        long now = System.nanoTime();
        deadlineNanos = Math.max(1, now + nanos);
        ScheduledFuture<?> timer = running;
        if (timer != null) {
            if (firesNanos - deadlineNanos <= 0) {
                return;
            }
            timer.cancel(false);
        }
        schedule(nanos, now);
    }

    private void schedule(long nanos, long now) {
        firesNanos = now + nanos;
        running = loop.schedule(this::fire, nanos, TimeUnit.NANOSECONDS);
    }

    private void fire() {
        running = null;
        if (deadlineNanos == NONE) {
            return;
        }
        long now = System.nanoTime();
        if (deadlineNanos - now > 0) {
            schedule(deadlineNanos - now, now);
            return;
        }
        deadlineNanos = NONE;
        expired.run();
    }

    /** Does not expire. */
    void off() {
        deadlineNanos = NONE;
    }

    /** Lets the timer go. */
    void stop() {
        deadlineNanos = NONE;
        ScheduledFuture<?> timer = running;
        running = null;
        if (timer != null) {
            timer.cancel(false);
        }
    }
}
