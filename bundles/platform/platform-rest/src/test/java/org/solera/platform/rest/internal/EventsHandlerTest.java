// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.rest.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.solera.platform.api.live.LiveEvent;
import org.solera.platform.api.live.LiveEvents;

class EventsHandlerTest {
    private final FakeServices people = new FakeServices();
    private final List<Runnable> scheduled = new ArrayList<>();
    private final List<Consumer<LiveEvent>> watchers = new ArrayList<>();
    private final EventsHandler handler = new EventsHandler(
            FakeServices.fake(ScheduledExecutorService.class, (method, arguments) -> {
                if (method.equals("schedule")) {
                    scheduled.add((Runnable) arguments[0]);
                }
                return null;
            }),
            people.services,
            1_000);

    @BeforeEach
    void source() {
        handler.bindLiveEvents(new LiveEvents() {
            @Override
            public void publish(LiveEvent event) {
                List.copyOf(watchers).forEach(each -> each.accept(event));
            }

            @Override
            public boolean watched() {
                return !watchers.isEmpty();
            }

            @Override
            public Subscription subscribe(Consumer<LiveEvent> watcher) {
                watchers.add(watcher);
                return () -> watchers.remove(watcher);
            }
        });
    }

    private FakeExchange open(String who, String query) throws IOException {
        FakeExchange exchange = new FakeExchange("GET", EventsHandler.PATH + query, InputStream.nullInputStream());
        if (!who.isEmpty()) {
            exchange.with("Cookie", "__Host-solera=" + who + "-cookie");
        }
        handler.handle(exchange);
        return exchange;
    }

    private void publish(String topic, String key, int value) {
        watchers.forEach(each -> each.accept(new LiveEvent(topic, key, Map.of("value", value))));
    }

    private void pass() {
        List<Runnable> tasks = List.copyOf(scheduled);
        scheduled.clear();
        tasks.forEach(Runnable::run);
    }

    private static String data(long id, String topic, String key, int value) {
        return "id: %d\nevent: %s\ndata: {\"key\":\"%s\",\"state\":{\"value\":%d}}\n\n"
                .formatted(id, topic, key, value);
    }

    @Test
    void onlyThoseWhoMayReadTheSystemWatch() throws IOException {
        assertEquals(401, open("", "").status.code());
        assertEquals(403, open("none", "").status.code());
        assertEquals(403, open("paul", "").status.code());
        people.mustChange.add("vic");
        assertEquals(403, open("vic", "").status.code());
        assertTrue(watchers.isEmpty(), "nobody watches, so publishers are saved the work");
        assertEquals(200, open("eve", "").status.code());
        assertEquals(1, watchers.size());
        FakeExchange head = new FakeExchange("POST", EventsHandler.PATH, InputStream.nullInputStream());
        handler.handle(head);
        assertEquals(405, head.status.code());
    }

    @Test
    void anEventReachesThoseWhoAskedForItsTopicAndTheNewestStateWins() throws IOException {
        FakeExchange all = open("eve", "");
        FakeExchange health = open("olga", "?topics=health,notices");
        publish("metrics", "cpu", 1);
        publish("health", "disk", 1);
        publish("metrics", "cpu", 2);
        pass();
        assertEquals(
                "retry: 2000\n\n" + data(1_001, "metrics", "cpu", 2) + data(1_002, "health", "disk", 1), all.text());
        assertEquals("retry: 2000\n\n" + data(1_002, "health", "disk", 1), health.text());
    }

    @Test
    void whoComesBackGetsWhatItMissed() throws IOException {
        open("eve", "");
        for (int i = 0; i < 3; i++) {
            publish("health", "part" + i, i);
            pass();
        }
        FakeExchange back = reopen("1001");
        assertEquals(
                "retry: 2000\n\n" + data(1_002, "health", "part1", 1) + data(1_003, "health", "part2", 2), back.text());
        assertFalse(reopen("1000").text().contains("lost"));
        assertTrue(reopen("999").text().contains("event: lost"), "of another run of the appliance");
        assertTrue(reopen("odd").text().contains("event: lost"));
    }

    private FakeExchange reopen(String last) throws IOException {
        FakeExchange exchange = new FakeExchange("GET", EventsHandler.PATH, InputStream.nullInputStream())
                .with("Cookie", "__Host-solera=olga-cookie")
                .with("Last-Event-ID", last);
        handler.handle(exchange);
        return exchange;
    }

    @Test
    void aSlowBrowserKeepsTheNewestStatesAndIsToldWhatItLost() throws IOException {
        FakeExchange slow = open("eve", "");
        slow.full = true;
        for (int i = 0; i < 600; i++) {
            publish("health", "part" + i, i);
            pass();
        }
        publish("health", "part599", 7);
        pass();
        assertEquals("retry: 2000\n\n", slow.text());
        slow.full = false;
        slow.room.forEach(Runnable::run);
        assertTrue(slow.text().startsWith("retry: 2000\n\nevent: lost\ndata: {}\n\n"), slow.text());
        assertFalse(slow.text().contains("\"part87\""));
        assertTrue(slow.text().contains("\"part88\""));
        assertTrue(slow.text().endsWith(data(1_601, "health", "part599", 7)), slow.text());
    }

    @Test
    void aStreamEndsWithTheSessionThatOpenedIt() throws IOException {
        FakeExchange stream = open("eve", "");
        handler.beat();
        assertTrue(stream.text().endsWith(":\n\n"));
        assertFalse(stream.closed);
        people.ended.add("eve-cookie");
        handler.beat();
        assertTrue(stream.closed);
        assertEquals(0, handler.inFlight());
    }

    @Test
    void thereAreAtMostTwoHundredAndADrainEndsThem() throws IOException {
        for (int i = 0; i < 200; i++) {
            assertEquals(200, open("eve", "").status.code());
        }
        FakeExchange more = open("olga", "");
        assertEquals(503, more.status.code());
        assertTrue(more.text().contains("\"code\":\"BUSY\""), more.text());
        assertTrue(handler.drain(Duration.ZERO));
        assertEquals(0, handler.inFlight());
        assertEquals(200, open("olga", "").status.code());
    }

    @Test
    void publishersAreSavedTheWorkOnceNobodyHasWatchedForAMinute() throws IOException {
        open("eve", "");
        handler.drain(Duration.ZERO);
        for (int i = 0; i < 3; i++) {
            handler.beat();
        }
        assertEquals(1, watchers.size());
        handler.beat();
        assertEquals(0, watchers.size());
        open("eve", "");
        assertEquals(1, watchers.size());
    }
}
