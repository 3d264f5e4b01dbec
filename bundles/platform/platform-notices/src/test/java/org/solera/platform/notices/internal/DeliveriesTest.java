// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.notices.internal;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.solera.platform.api.PlatformError;
import org.solera.platform.api.SoleraException;
import org.solera.platform.api.notices.Severity;

class DeliveriesTest {
    private final Testing.Time time = new Testing.Time();
    private final Deliveries deliveries = new Deliveries(time, time::nanos, new TestExecutors());
    private final Map<String, String> outcomes = new ConcurrentHashMap<>();

    @BeforeEach
    void listen() {
        deliveries.listen((notice, channel, outcome) -> outcomes.put(notice.id() + " " + channel, outcome));
    }

    @AfterEach
    void close() {
        deliveries.close();
    }

    /** Keeps what it was given; fails while it is told to. */
    private static final class Receiver implements Channel {
        final String id;
        final boolean enabled;
        final List<String> received = new CopyOnWriteArrayList<>();
        final CountDownLatch hold;
        volatile boolean failing;

        Receiver(String id, boolean enabled, int held) {
            this.id = id;
            this.enabled = enabled;
            this.hold = new CountDownLatch(held);
        }

        @Override
        public String id() {
            return id;
        }

        @Override
        public boolean enabled() {
            return enabled;
        }

        @Override
        public Severity minimum() {
            return Severity.WARNING;
        }

        @Override
        public int batch() {
            return 10;
        }

        @Override
        public Duration gather() {
            return Duration.ZERO;
        }

        @Override
        public Duration pause() {
            return Duration.ZERO;
        }

        @Override
        public void send(List<Message> messages) throws SoleraException {
            try {
                hold.await();
            } catch (InterruptedException closing) {
                Thread.currentThread().interrupt();
                throw new SoleraException(PlatformError.INTERNAL, "Closing.", "", closing);
            }
            if (failing) {
                throw new SoleraException(PlatformError.INTERNAL, "Nobody answers.", "Call somebody.", null);
            }
            messages.forEach(message ->
                    received.add(message.kind() + " " + message.notice().id()));
        }
    }

    @Test
    void sendsToEveryChannelThatIsOnAndWantsIt() {
        Receiver on = new Receiver("webhook", true, 0);
        Receiver off = new Receiver("mail", false, 0);
        deliveries.bindChannel(on);
        deliveries.bindChannel(off);
        deliveries.tell(Testing.notice("a", Severity.INFO), Message.Kind.BEGAN);
        deliveries.tell(Testing.notice("b", Severity.WARNING), Message.Kind.BEGAN);
        deliveries.tell(Testing.notice("b", Severity.WARNING), Message.Kind.OVER);
        await().until(() -> on.received.size() == 2);
        assertEquals(List.of("BEGAN b", "OVER b"), on.received);
        await().until(() -> outcomes.getOrDefault("b webhook", "").equals("sent 2026-11-22T08:00:00Z"));
        assertEquals(List.of(), off.received);
        assertEquals(1, outcomes.size());
    }

    @Test
    void aReceiverThatHangsHoldsUpNoOther() {
        Receiver dead = new Receiver("mail", true, 1);
        Receiver alive = new Receiver("webhook", true, 0);
        deliveries.bindChannel(dead);
        deliveries.bindChannel(alive);
        for (int i = 0; i < 5_000; i++) {
            deliveries.tell(Testing.notice("n" + i, Severity.CRITICAL), Message.Kind.BEGAN);
        }
        await().until(() -> alive.received.contains("BEGAN n4999"));
        dead.hold.countDown();
        await().until(() -> dead.received.contains("BEGAN n4999"));
        assertTrue(dead.received.size() <= Outbox.MESSAGES_MOST + dead.batch(), dead.received.size() + " received");
        assertTrue(outcomes.get("n100 mail").startsWith("dropped"), outcomes.get("n100 mail"));
    }

    @Test
    void triesAgainAndTellsWhyItHasNotSent() {
        Receiver receiver = new Receiver("webhook", true, 0);
        receiver.failing = true;
        deliveries.bindChannel(receiver);
        deliveries.tell(Testing.notice("a", Severity.CRITICAL), Message.Kind.BEGAN);
        await().until(() -> outcomes.getOrDefault("a webhook", "").equals("waiting, Nobody answers. Call somebody."));
        assertEquals(Map.of(), deliveries.failing(Duration.ofMinutes(10)));
        time.pass(601);
        assertEquals(Map.of("webhook", "Nobody answers. Call somebody."), deliveries.failing(Duration.ofMinutes(10)));
        receiver.failing = false;
        await().until(() -> receiver.received.equals(List.of("BEGAN a")));
        await().until(() -> deliveries.failing(Duration.ZERO).isEmpty());
    }

    @Test
    void keepsWhatWaitsWhenTheSettingsChangeAndForgetsItWhenTheChannelIsTurnedOff() {
        Receiver wrong = new Receiver("webhook", true, 0);
        wrong.failing = true;
        deliveries.bindChannel(wrong);
        deliveries.tell(Testing.notice("a", Severity.CRITICAL), Message.Kind.BEGAN);
        await().until(() -> outcomes.getOrDefault("a webhook", "").startsWith("waiting, "));
        deliveries.unbindChannel(wrong);
        deliveries.tell(Testing.notice("b", Severity.CRITICAL), Message.Kind.BEGAN);
        Receiver right = new Receiver("webhook", true, 0);
        deliveries.bindChannel(right);
        await().until(() -> right.received.equals(List.of("BEGAN a", "BEGAN b")));

        Receiver held = new Receiver("mail", true, 0);
        held.failing = true;
        deliveries.bindChannel(held);
        deliveries.tell(Testing.notice("c", Severity.CRITICAL), Message.Kind.BEGAN);
        await().until(() -> outcomes.getOrDefault("c mail", "").startsWith("waiting, "));
        deliveries.unbindChannel(held);
        deliveries.bindChannel(new Receiver("mail", false, 0));
        assertEquals(Map.of(), deliveries.failing(Duration.ZERO));
    }
}
