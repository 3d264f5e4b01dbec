// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.notices.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.solera.platform.api.notices.Severity;

class OutboxTest {
    private final Outbox outbox = new Outbox();

    private static Message message(int number, long seconds) {
        return new Message(
                Testing.notice("n" + number, Severity.WARNING),
                Message.Kind.BEGAN,
                Testing.START,
                TimeUnit.SECONDS.toNanos(seconds));
    }

    private List<String> take(int most, int gatherSeconds, long atSeconds) {
        return outbox.take(most, Duration.ofSeconds(gatherSeconds), TimeUnit.SECONDS.toNanos(atSeconds)).stream()
                .map(message -> message.notice().id())
                .toList();
    }

    @Test
    void dropsTheOldestBeyondItsBound() {
        int dropped = 0;
        for (int i = 0; i < 1_500; i++) {
            dropped += outbox.add(message(i, 0)).size();
        }
        assertEquals(500, dropped);
        assertEquals(500, outbox.dropped());
        assertEquals(1_000, outbox.size());
        assertEquals(List.of("n500", "n501"), take(2, 0, 0));
    }

    @Test
    void gathersAndPauses() {
        outbox.add(message(1, 0));
        assertEquals(List.of(), take(10, 10, 9));
        outbox.add(message(2, 9));
        assertEquals(List.of("n1", "n2"), take(10, 10, 10));
        outbox.sent(Duration.ofMinutes(1), TimeUnit.SECONDS.toNanos(10));
        outbox.add(message(3, 20));
        assertEquals(List.of(), take(10, 10, 69));
        assertEquals(List.of("n3"), take(10, 10, 70));
    }

    @Test
    void triesAgainAfterLongerAndLongerRestsInTheSameOrder() {
        outbox.add(message(1, 0));
        outbox.add(message(2, 0));
        long now = 0;
        long[] rests = {10, 20, 40, 80, 160, 320, 640, 900, 900, 900, 900, 900};
        for (long rest : rests) {
            List<Message> batch = outbox.take(10, Duration.ZERO, TimeUnit.SECONDS.toNanos(now));
            assertEquals(2, batch.size(), "at " + now);
            assertEquals("n1", batch.get(0).notice().id());
            assertEquals(List.of(), outbox.failed(batch, TimeUnit.SECONDS.toNanos(now)));
            assertEquals(List.of(), take(10, 0, now + rest - 1), "at " + now);
            now += rest;
        }
        assertEquals(
                now - 900 + 900, outbox.failing(TimeUnit.SECONDS.toNanos(now)).toSeconds());
        outbox.retry();
        assertEquals(2, take(10, 0, now - 899).size(), "new settings are tried at once");
    }

    @Test
    void givesUpWhatWaitedADay() {
        outbox.add(message(1, 0));
        outbox.add(message(2, 100));
        List<Message> batch = outbox.take(10, Duration.ZERO, TimeUnit.SECONDS.toNanos(86_400));
        List<Message> gone = outbox.failed(batch, TimeUnit.SECONDS.toNanos(86_400));
        assertEquals("n1", gone.get(0).notice().id());
        assertEquals(1, gone.size());
        assertEquals(1, outbox.size());
        assertEquals(1, outbox.dropped());
    }

    @Test
    void keepsItsBoundWhenABatchComesBack() {
        for (int i = 0; i < 1_000; i++) {
            outbox.add(message(i, 0));
        }
        List<Message> batch = outbox.take(100, Duration.ZERO, 0);
        for (int i = 0; i < 60; i++) {
            outbox.add(message(2_000 + i, 0));
        }
        assertEquals(60, outbox.failed(batch, 0).size());
        assertEquals(1_000, outbox.size());
        assertEquals(List.of("n60"), take(1, 0, 100));
    }
}
