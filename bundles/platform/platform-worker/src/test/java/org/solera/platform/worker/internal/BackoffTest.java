// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.worker.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

final class BackoffTest {
    private final AtomicLong now = new AtomicLong(Long.MAX_VALUE - 5); // the clock may overflow
    private final Backoff backoff = new Backoff(now::get);

    @Test
    void doublesFromAHundredMillisecondsToTenSeconds() {
        List<Long> pauses = new ArrayList<>();
        for (int i = 0; i < 9; i++) {
            backoff.failed();
            pauses.add(Duration.ofNanos(backoff.pauseNanos()).toMillis());
            now.addAndGet(backoff.pauseNanos());
        }
        assertEquals(List.of(100L, 200L, 400L, 800L, 1600L, 3200L, 6400L, 10000L, 10000L), pauses);
    }

    @Test
    void countsFailuresWithinOnePauseOnce() {
        backoff.failed();
        now.addAndGet(Duration.ofMillis(30).toNanos());
        backoff.failed();
        assertEquals(1, backoff.failures());
        assertEquals(Duration.ofMillis(100).toNanos(), backoff.pauseNanos());
    }

    @Test
    void countsThePauseFromTheFailureAndForgetsAllAfterASuccess() {
        backoff.failed();
        now.addAndGet(Duration.ofMillis(60).toNanos());
        assertEquals(Duration.ofMillis(40).toNanos(), backoff.pauseNanos());
        backoff.succeeded();
        assertEquals(0, backoff.pauseNanos());
    }
}
