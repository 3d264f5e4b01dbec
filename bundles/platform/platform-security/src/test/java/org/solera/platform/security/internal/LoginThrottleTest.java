// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.security.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class LoginThrottleTest {
    private final AtomicLong nanos = new AtomicLong();
    private final LoginThrottle throttle = new LoginThrottle(5, Duration.ofSeconds(60), nanos::get);

    private void fail(int times) {
        for (int i = 0; i < times; i++) {
            throttle.failed("admin a");
        }
    }

    @Test
    void pausesDoubleUpToAMinute() {
        fail(4);
        assertEquals(Duration.ZERO, throttle.pause("admin a"));
        fail(1);
        assertEquals(Duration.ofSeconds(1), throttle.pause("admin a"));
        fail(1);
        assertEquals(Duration.ofSeconds(2), throttle.pause("admin a"));
        fail(100);
        assertEquals(Duration.ofSeconds(60), throttle.pause("admin a"));
        nanos.addAndGet(Duration.ofSeconds(60).toNanos());
        assertEquals(Duration.ZERO, throttle.pause("admin a"));
    }

    @Test
    void anotherOriginAndASuccessAreFree() {
        fail(6);
        assertEquals(Duration.ZERO, throttle.pause("admin b"));
        throttle.succeeded("admin a");
        assertEquals(Duration.ZERO, throttle.pause("admin a"));
    }

    @Test
    void anHourWithoutAFailureForgives() {
        fail(10);
        nanos.addAndGet(Duration.ofMinutes(59).toNanos());
        fail(1);
        assertFalse(throttle.pause("admin a").isZero(), "the row goes on within the hour");
        nanos.addAndGet(Duration.ofMinutes(61).toNanos());
        fail(1);
        assertEquals(Duration.ZERO, throttle.pause("admin a"));
    }

    @Test
    void forgetsTheOldestPairBeyondTheBound() {
        fail(6);
        for (int i = 0; i < 9_999; i++) {
            throttle.failed("admin origin" + i);
        }
        assertFalse(throttle.pause("admin a").isZero());
        throttle.failed("admin one");
        for (int i = 0; i < 9_999; i++) {
            throttle.failed("admin other" + i);
        }
        assertEquals(Duration.ZERO, throttle.pause("admin a"));
    }
}
