// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.notices.internal;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.solera.platform.api.live.LiveEvent;
import org.solera.platform.api.live.LiveEvents;
import org.solera.platform.api.notices.Notice;
import org.solera.platform.api.notices.Severity;

/** What the tests of this package have in common. */
final class Testing {
    static final Instant START = Instant.parse("2026-11-22T08:00:00Z");

    private Testing() {}

    /** A clock of the wall and a monotonic one, set by hand. */
    static final class Time extends Clock {
        private volatile Instant now = START;
        private volatile long nanos = 5_000_000_000L;

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }

        @Override
        public Instant instant() {
            return now;
        }

        long nanos() {
            return nanos;
        }

        void pass(long seconds) {
            now = now.plusSeconds(seconds);
            nanos += seconds * 1_000_000_000L;
        }

        void leap(long seconds) {
            now = now.plusSeconds(seconds);
        }
    }

    /** Keeps what was published. */
    static final class Live implements LiveEvents {
        final List<LiveEvent> events = new CopyOnWriteArrayList<>();

        @Override
        public void publish(LiveEvent event) {
            events.add(event);
        }

        @Override
        public boolean watched() {
            return true;
        }

        @Override
        public Subscription subscribe(Consumer<LiveEvent> watcher) {
            return () -> {};
        }
    }

    static Notice notice(String id, Severity severity) {
        return new Notice(
                id,
                "heat",
                "chip=\"cpu\"",
                severity,
                "cpu is at 91 °C \"now\".",
                "cpu 的温度为 91 °C。",
                "Check the fans.",
                "请检查风扇。",
                91.5,
                START,
                null,
                "",
                null,
                null,
                "");
    }

    static Message message(String id, Severity severity, Message.Kind kind) {
        return new Message(notice(id, severity), kind, START, 0);
    }

    static List<Message> messages(int count) {
        List<Message> messages = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            messages.add(message("n" + i, Severity.WARNING, Message.Kind.BEGAN));
        }
        return messages;
    }
}
