// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.net.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.solera.platform.net.api.HttpHandler;

class HandoverTest {
    private final TestPort port = new TestPort();
    private final ExecutorService clients = Executors.newFixedThreadPool(8);

    @AfterEach
    void close() {
        clients.shutdownNow();
        port.close();
    }

    private static HttpHandler version(String name) {
        return exchange -> TestPort.text(exchange, name);
    }

    @Test
    void swapsVersionsUnderLoadWithoutAFailedRequest() throws Exception {
        AtomicBoolean stop = new AtomicBoolean();
        AtomicInteger served = new AtomicInteger();
        HttpHandler current = version("v0");
        port.serve(10, "/", current);
        List<Future<?>> load = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            load.add(clients.submit(() -> {
                try (Socket socket = port.connect()) {
                    while (!stop.get()) {
                        TestPort.send(socket, "PUT / HTTP/1.1\r\nHost: b\r\nContent-Length: 3\r\n\r\nabc");
                        String answer = TestPort.answer(socket);
                        assertTrue(answer.startsWith("HTTP/1.1 200 "), answer);
                        served.incrementAndGet();
                    }
                }
                return null;
            }));
        }
        for (int version = 1; version <= 20; version++) {
            HttpHandler next = version("v" + version);
            if (version % 2 == 0) { // make before break
                port.serve(10 + version, "/", next);
                assertTrue(port.server.drain(9 + version, Duration.ofSeconds(5)));
                port.server.http().unbind(current);
            } else { // an exclusive owner: nobody is there for a moment
                assertTrue(port.server.drain(9 + version, Duration.ofSeconds(5)));
                port.server.http().unbind(current);
                port.serve(10 + version, "/", next);
            }
            current = next;
            int before = served.get();
            Awaitility.await().until(() -> served.get() > before + 50);
        }
        stop.set(true);
        for (Future<?> each : load) {
            each.get(10, TimeUnit.SECONDS);
        }
        assertTrue(port.talk(TestPort.last("/")).endsWith("v20"));
    }

    @Test
    void holdsARequestUntilAHandlerComes() throws Exception {
        Future<String> answer = clients.submit(() -> port.talk(
                "PUT / HTTP/1.1\r\nHost: b\r\nContent-Length: 3\r\nExpect: 100-continue\r\nConnection: close\r\n\r\n"));
        Awaitility.await().until(() -> port.server.status().get(0).connections() == 1);
        assertFalse(answer.isDone());
        port.serve(version("late"));
        assertTrue(answer.get(2, TimeUnit.SECONDS).endsWith("late"));
    }

    @Test
    void givesUpAfterItsPatienceAndSaysWhenToComeBack() throws Exception {
        HttpHandler api = version("api");
        port.serve(1, "/", version("root"));
        port.serve(2, "/api", api);
        port.server.http().unbind(api);
        long began = System.nanoTime();
        String all = port.talk("GET /api/x HTTP/1.1\r\nHost: b\r\nConnection: close\r\n\r\n");
        assertTrue(all.startsWith("HTTP/1.1 503 "), all);
        assertTrue(all.toLowerCase(java.util.Locale.ROOT).contains("retry-after: 1\r\n"), all);
        assertTrue(System.nanoTime() - began >= TestPort.limits().patience().toNanos(), "it waited");
    }

    @Test
    void answersAtOnceWhereNothingWasEverServed() throws IOException {
        port.serve(1, "/api", version("api"));
        String all = port.talk(TestPort.last("/other"));
        assertTrue(all.startsWith("HTTP/1.1 404 "), all);
        assertTrue(port.talk(TestPort.last("/apis")).startsWith("HTTP/1.1 404 "));
    }

    @Test
    void prefersTheLongestPrefixThenTheNewestBundle() throws IOException {
        port.serve(1, "/", version("root"));
        port.serve(2, "/api", version("old"));
        port.serve(3, "/api", version("new"));
        assertTrue(port.talk(TestPort.last("/api/x?y")).endsWith("new"));
        assertTrue(port.talk(TestPort.last("/api")).endsWith("new"));
        assertTrue(port.talk(TestPort.last("/")).endsWith("root"));
        assertEquals(
                List.of("bundle/3", "bundle/2", "bundle/1"),
                port.server.status().get(0).handlers());
    }

    @Test
    void drainWaitsForRequestsUnderWayWhichStayWithTheirVersion() throws Exception {
        CountDownLatch inside = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        port.serve(1, "/", exchange -> {
            inside.countDown();
            assertTrue(release.await(10, TimeUnit.SECONDS));
            TestPort.text(exchange, "old");
        });
        Future<String> slow = clients.submit(() -> port.talk(TestPort.last("/")));
        assertTrue(inside.await(5, TimeUnit.SECONDS));
        port.serve(2, "/", version("new"));
        assertFalse(port.server.drain(1, Duration.ofMillis(50)), "one request is inside");
        Future<Boolean> drained = clients.submit(() -> port.server.drain(1, Duration.ofSeconds(10)));
        assertTrue(port.talk(TestPort.last("/")).endsWith("new"));
        assertFalse(drained.isDone());
        release.countDown();
        assertTrue(slow.get(5, TimeUnit.SECONDS).endsWith("old"));
        assertTrue(drained.get(5, TimeUnit.SECONDS));
    }

    @Test
    void aDrainThatIsTakenBackLetsWaitingRequestsIn() throws Exception {
        port.serve(1, "/", version("same"));
        assertTrue(port.server.drain(1, Duration.ofSeconds(1)));
        Future<String> waiting = clients.submit(() -> port.talk(TestPort.last("/")));
        Awaitility.await().until(() -> port.server.status().get(0).connections() == 1);
        assertFalse(waiting.isDone());
        port.server.resume(1);
        assertTrue(waiting.get(2, TimeUnit.SECONDS).endsWith("same"));
    }
}
