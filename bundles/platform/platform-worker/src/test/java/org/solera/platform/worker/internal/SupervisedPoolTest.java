// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.worker.internal;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.solera.platform.api.HealthReport;
import org.solera.platform.api.PlatformError;
import org.solera.platform.api.SoleraException;
import org.solera.platform.api.WorkerPool;
import org.solera.platform.api.WorkerSpec;

final class SupervisedPoolTest {
    private static final Duration LONG = Duration.ofSeconds(20);
    private static final Duration SHORT = Duration.ofMillis(300);

    private SupervisedWorkers workers;
    private final ExecutorService callers = Executors.newCachedThreadPool();

    @BeforeEach
    void open() throws InterruptedException {
        workers = new SupervisedWorkers(new TestExecutors(), new TestConfig(true, 2, 256));
    }

    @AfterEach
    void close() {
        workers.close();
        callers.shutdownNow();
        await().untilAsserted(() -> assertEquals(Set.of(), childProcesses()));
    }

    private static Set<Long> childProcesses() {
        return ProcessHandle.current()
                .descendants()
                .filter(ProcessHandle::isAlive)
                .map(ProcessHandle::pid)
                .collect(Collectors.toSet());
    }

    private static PlatformError codeOf(SoleraException failure) {
        return (PlatformError) failure.code();
    }

    @Test
    void startsNothingBeforeTheFirstCallAndReusesTheWorker() throws Exception {
        WorkerPool pool = workers.open(Scripts.spec(Scripts.ECHO, 4));
        assertEquals(0, workers.status().get(0).running());

        String first = pool.call(LONG, LONG, Scripts.line("hello"));
        String second = pool.call(LONG, LONG, Scripts.line("hello"));

        assertTrue(first.endsWith(" hello"), first);
        assertEquals(first, second);
        assertEquals(1, workers.status().get(0).running());
    }

    @Test
    void keepsAWorkerAliveAfterTheThreadThatCausedItsStartHasEnded() throws Exception {
        WorkerPool pool = workers.open(Scripts.spec(Scripts.ECHO, 1));
        Thread caller = new Thread(() -> assertTrue(callQuietly(pool).endsWith(" hello")));
        caller.start();
        caller.join();
        Set<Long> started = childProcesses();

        assertTrue(pool.call(LONG, LONG, Scripts.line("again")).endsWith(" again"));

        assertFalse(started.isEmpty());
        assertEquals(started, childProcesses());
        assertEquals(0, workers.status().get(0).restarts());
    }

    private static String callQuietly(WorkerPool pool) {
        try {
            return pool.call(LONG, LONG, Scripts.line("hello"));
        } catch (SoleraException | InterruptedException failure) {
            return failure.toString();
        }
    }

    @Test
    void saysHowAWorkerDiedAndStartsAnotherOne() throws Exception {
        WorkerPool pool = workers.open(Scripts.spec(Scripts.FRAGILE, 1));

        SoleraException died = assertThrows(SoleraException.class, () -> pool.call(LONG, LONG, Scripts.line("die")));

        assertEquals(PlatformError.WORKER_UNAVAILABLE, codeOf(died));
        assertTrue(died.getMessage().contains("status 7"), died.getMessage());
        assertTrue(died.getMessage().contains("broken"), died.getMessage());
        assertEquals("fine", pool.call(LONG, LONG, Scripts.line("fine")));
        assertEquals(1, workers.status().get(0).restarts());
    }

    @Test
    void killsAWorkerWithItsWholeTreeAtTheLimit() throws Exception {
        WorkerPool pool = workers.open(Scripts.spec("sleep 600 & sleep 600 & " + Scripts.HANG, 1));

        SoleraException late = assertThrows(SoleraException.class, () -> pool.call(LONG, SHORT, Scripts.line("x")));

        assertEquals(PlatformError.WORKER_LIMIT, codeOf(late));
        await().untilAsserted(() -> assertEquals(Set.of(), childProcesses()));
    }

    @Test
    void killsTheWholeTreeWithoutAJailToo() throws Exception {
        SupervisedWorkers plain = new SupervisedWorkers(new TestExecutors(), new TestConfig(false, 2, 256));
        try {
            WorkerPool pool = plain.open(Scripts.spec("sleep 600 & sleep 600 & " + Scripts.HANG, 1));

            assertThrows(SoleraException.class, () -> pool.call(LONG, SHORT, Scripts.line("x")));

            await().untilAsserted(() -> assertEquals(Set.of(), childProcesses()));
            assertEquals(HealthReport.Status.DEGRADED, plain.check().status());
            assertFalse(plain.status().get(0).jailed());
        } finally {
            plain.close();
        }
    }

    @Test
    void refusesCallersBeyondTheBoundAndThoseWhoLosePatience() throws Exception {
        WorkerPool pool = workers.open(Scripts.spec(Scripts.ECHO, 1));
        CountDownLatch hold = new CountDownLatch(1);
        CountDownLatch held = new CountDownLatch(1);
        Future<String> holder = callers.submit(() -> pool.call(LONG, LONG, (request, answer) -> {
            held.countDown();
            awaitUnchecked(hold);
            return Scripts.line("held").exchange(request, answer);
        }));
        held.await();

        SoleraException impatient =
                assertThrows(SoleraException.class, () -> pool.call(Duration.ofMillis(50), LONG, Scripts.line("x")));
        assertEquals(PlatformError.BUSY, codeOf(impatient));

        List<Future<String>> waiting = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            waiting.add(callers.submit(() -> pool.call(LONG, LONG, Scripts.line("waited"))));
        }
        await().untilAsserted(() -> assertEquals(2, workers.status().get(0).waiting()));
        SoleraException beyond = assertThrows(SoleraException.class, () -> pool.call(LONG, LONG, Scripts.line("x")));
        assertEquals(PlatformError.BUSY, codeOf(beyond));

        hold.countDown();
        assertTrue(holder.get().endsWith(" held"));
        for (Future<String> each : waiting) {
            assertTrue(each.get().endsWith(" waited"));
        }
    }

    private static void awaitUnchecked(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void replacesAWorkerAfterItsNumberOfRequests() throws Exception {
        WorkerPool pool = workers.open(Scripts.spec(Scripts.ECHO, 1, 2, Duration.ofMinutes(5)));
        Set<Set<Long>> seen = new java.util.HashSet<>();
        for (int i = 0; i < 4; i++) {
            pool.call(LONG, LONG, (request, answer) -> {
                seen.add(childProcesses());
                return Scripts.line("x").exchange(request, answer);
            });
            await().untilAsserted(() -> assertTrue(childProcesses().size() <= 3));
        }
        assertTrue(seen.size() >= 2, seen.toString());
        assertEquals(0, workers.status().get(0).restarts());
    }

    @Test
    void endsAnIdleWorker() throws Exception {
        WorkerPool pool = workers.open(Scripts.spec(Scripts.ECHO, 2, 1000, Duration.ofMillis(100)));
        pool.call(LONG, LONG, Scripts.line("x"));

        await().untilAsserted(() -> assertEquals(Set.of(), childProcesses()));
        assertEquals(0, workers.status().get(0).running());
        assertEquals(0, workers.status().get(0).restarts());
    }

    @Test
    void replacesAWorkerThatWasKilledWhileIdleWithoutFailingACall() throws Exception {
        WorkerPool pool = workers.open(Scripts.spec(Scripts.ECHO, 1));
        for (int round = 0; round < 5; round++) {
            assertTrue(pool.call(LONG, LONG, Scripts.line("x")).endsWith(" x"));
            ProcessHandle.current().children().forEach(ProcessHandle::destroyForcibly);
            await().untilAsserted(() -> assertEquals(Set.of(), childProcesses()));
        }
        assertEquals(
                5, workers.status().get(0).restarts() + workers.status().get(0).running());
    }

    @Test
    void failsFastWhileItsProgramCannotStartAndReportsIt() {
        WorkerSpec missing = new WorkerSpec(
                "test.missing",
                List.of("/nonexistent/program"),
                Map.of(),
                List.of(),
                List.of(),
                2,
                10,
                0,
                Duration.ofMinutes(1));
        WorkerPool pool = workers.open(missing);
        for (int i = 0; i < 3; i++) {
            SoleraException failure =
                    assertThrows(SoleraException.class, () -> pool.call(LONG, LONG, Scripts.line("x")));
            assertEquals(PlatformError.WORKER_UNAVAILABLE, codeOf(failure));
            assertTrue(failure.getMessage().contains("nonexistent"), failure.getMessage());
        }
        assertEquals(HealthReport.Status.DEGRADED, workers.check().status());
        assertTrue(workers.check().detail().contains("test.missing"));
    }

    @Test
    void closingEndsExchangesUnderWayAndRefusesNewOnes() throws Exception {
        WorkerPool pool = workers.open(Scripts.spec(Scripts.HANG, 1));
        CountDownLatch inside = new CountDownLatch(1);
        Future<String> running = callers.submit(() -> pool.call(LONG, LONG, (request, answer) -> {
            inside.countDown();
            return Scripts.readLine(answer);
        }));
        inside.await();

        pool.close();

        assertThrows(java.util.concurrent.ExecutionException.class, running::get);
        SoleraException refused = assertThrows(SoleraException.class, () -> pool.call(LONG, LONG, Scripts.line("x")));
        assertEquals(PlatformError.WORKER_UNAVAILABLE, codeOf(refused));
        assertEquals(List.of(), workers.status());
    }

    @Test
    void survivesAWorkerThatFloodsItsStandardError() throws Exception {
        WorkerPool pool = workers.open(
                Scripts.spec("while read -r line; do yes flood | head -c 2000000 >&2; echo done; done", 1));

        assertEquals("done", pool.call(LONG, LONG, Scripts.line("x")));
    }

    @Test
    void jailedWorkersSeeNoNetworkAndNoForeignFiles() throws Exception {
        assertTrue(
                workers.check().status() == HealthReport.Status.UP,
                () -> "the jail needs bubblewrap: " + workers.check().detail());
        WorkerPool pool = workers.open(Scripts.spec(
                "while read -r line; do echo \"$(id -u) $(ls /home /root /srv 2>/dev/null | wc -l)"
                        + " $(tail -n +3 /proc/net/dev | grep -vc lo:) $(ls /proc | grep -c '^[0-9]')\"; done",
                1));

        String[] facts = pool.call(LONG, LONG, Scripts.line("x")).split(" ");

        assertEquals("65534", facts[0]);
        assertEquals("0", facts[1]);
        assertEquals("0", facts[2]);
        assertTrue(Integer.parseInt(facts[3]) < 10, facts[3]);
        assertTrue(workers.status().get(0).jailed());
        assertNotEquals("", workers.check().detail());
    }

    @Test
    void addsUpTwoPoolsOfOneNameInTheMetrics() throws Exception {
        WorkerPool one = workers.open(Scripts.spec(Scripts.ECHO, 1));
        WorkerPool two = workers.open(Scripts.spec(Scripts.ECHO, 1));
        one.call(LONG, LONG, Scripts.line("x"));
        two.call(LONG, LONG, Scripts.line("x"));
        RecordingSink sink = new RecordingSink();

        workers.collect(sink);

        assertEquals(List.of(2.0), sink.values("solera_platform_workers_running"));
        assertEquals(List.of(2.0), sink.values("solera_platform_worker_wait_seconds"));
    }
}
