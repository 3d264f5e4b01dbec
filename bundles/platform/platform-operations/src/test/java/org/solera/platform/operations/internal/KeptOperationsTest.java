// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.operations.internal;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.solera.platform.api.HealthReport;
import org.solera.platform.api.PlatformError;
import org.solera.platform.api.SoleraException;
import org.solera.platform.api.live.LiveEvent;
import org.solera.platform.api.live.LiveEvents;
import org.solera.platform.api.operations.Operation;
import org.solera.platform.api.operations.Operation.State;
import org.solera.platform.api.operations.OperationHandle;
import org.solera.platform.api.operations.OperationStore;
import org.solera.platform.api.operations.Operations;

class KeptOperationsTest {
    private static final Operations.Start BACKUP =
            new Operations.Start("system.backup", "Makes a backup", "all", "ann", "bytes");

    private final TestExecutors executors = new TestExecutors();
    private final Events events = new Events();
    private final Clock clock = Clock.fixed(Instant.parse("2027-01-02T03:04:05Z"), ZoneOffset.UTC);
    private final KeptOperations operations = new KeptOperations(clock, executors, events, 5);

    @AfterEach
    void close() {
        operations.close();
        executors.close();
    }

    private static final class Events implements LiveEvents {
        private final List<LiveEvent> seen = Collections.synchronizedList(new ArrayList<>());

        @Override
        public void publish(LiveEvent event) {
            seen.add(event);
        }

        @Override
        public boolean watched() {
            return true;
        }

        @Override
        public Subscription subscribe(Consumer<LiveEvent> watcher) {
            throw new UnsupportedOperationException();
        }
    }

    /** A store that fails, hangs or works. */
    private static final class Store implements OperationStore {
        private final Map<String, Operation> rows = new HashMap<>();
        private volatile boolean failing;
        private volatile CountDownLatch hanging = new CountDownLatch(0);

        @Override
        public List<Operation> load() throws SoleraException {
            work();
            synchronized (rows) {
                return List.copyOf(rows.values());
            }
        }

        @Override
        public void save(List<Operation> put, List<String> removedIds) throws SoleraException {
            work();
            synchronized (rows) {
                put.forEach(each -> rows.put(each.id(), each));
                removedIds.forEach(rows::remove);
            }
        }

        private void work() throws SoleraException {
            try {
                hanging.await();
            } catch (InterruptedException stopped) {
                throw new SoleraException(PlatformError.BUSY, "Stopped.", "", stopped);
            }
            if (failing) {
                throw new SoleraException(PlatformError.BUSY, "The database is full.", "", null);
            }
        }

        State state(String id) {
            synchronized (rows) {
                Operation row = rows.get(id);
                return row == null ? null : row.state();
            }
        }

        int size() {
            synchronized (rows) {
                return rows.size();
            }
        }
    }

    private Operation get(String id) {
        return operations.operation(id).orElseThrow();
    }

    @Test
    void followsAnOperationFromItsStartToItsEnd() throws SoleraException {
        try (OperationHandle handle = operations.start(BACKUP, null)) {
            assertEquals(State.WAITING, get(handle.id()).state());
            handle.waiting("The database is busy.");
            assertEquals("The database is busy.", get(handle.id()).waitingFor());
            handle.progress(5, 10, "Writes settings.");
            Operation half = get(handle.id());
            assertEquals(State.RUNNING, half.state());
            assertEquals("", half.waitingFor());
            assertEquals(5, half.done());
            handle.succeeded("Made it.", "/api/v1/system/backups");
            handle.progress(1, 10, "too late");
            handle.failed(new SoleraException(PlatformError.INTERNAL, "too late", "", null));
            Operation over = get(handle.id());
            assertEquals(State.SUCCEEDED, over.state());
            assertEquals("Made it.", over.message());
            assertEquals(5, over.done());
            assertNotNull(over.endedAt());
        }
    }

    @Test
    void endsWhatIsClosedWithoutOutcomeAsFailed() throws SoleraException {
        OperationHandle handle = operations.start(BACKUP, null);
        handle.close();
        assertEquals(State.FAILED, get(handle.id()).state());
    }

    @Test
    void cancelsOnceAndOnlyWhatCanBeCancelled() throws SoleraException {
        CountDownLatch cancelled = new CountDownLatch(1);
        OperationHandle handle = operations.start(BACKUP, cancelled::countDown);
        assertTrue(get(handle.id()).cancellable());
        assertFalse(operations.cancel(handle.id()).cancellable());
        await().until(() -> cancelled.getCount() == 0);
        assertTrue(handle.cancelRequested());
        assertEquals(PlatformError.CONFLICT, code(() -> operations.cancel(handle.id())));
        handle.cancelled();
        assertEquals(State.CANCELLED, get(handle.id()).state());
        assertEquals(PlatformError.CONFLICT, code(() -> operations.cancel(handle.id())));
        assertEquals(PlatformError.NOT_FOUND, code(() -> operations.cancel("nothing")));
        OperationHandle fixed = operations.start(BACKUP, null);
        assertEquals(PlatformError.CONFLICT, code(() -> operations.cancel(fixed.id())));
    }

    private static Object code(org.junit.jupiter.api.function.Executable call) {
        return assertThrows(SoleraException.class, call).code();
    }

    @Test
    void refusesMoreThanAThousandUnderWay() throws SoleraException {
        OperationHandle first = operations.start(BACKUP, null);
        for (int n = 1; n < OperationBook.UNDER_WAY; n++) {
            operations.start(BACKUP, null);
        }
        assertEquals(PlatformError.BUSY, code(() -> operations.start(BACKUP, null)));
        first.succeeded("", "");
        operations.start(BACKUP, null).close();
    }

    @Test
    void forgetsTheOldestEndedOnesHereAndInTheStore() throws SoleraException {
        Store store = new Store();
        operations.bindStore(store, Map.of());
        for (int n = 0; n < OperationBook.ENDED + 25; n++) {
            operations.start(BACKUP, null).succeeded("", "");
        }
        assertEquals(OperationBook.ENDED, operations.operations().size());
        await().until(() -> store.size() == OperationBook.ENDED);
    }

    @Test
    void savesWhatHappenedBeforeTheStoreCameAndTellsSo() throws SoleraException {
        OperationHandle handle = operations.start(BACKUP, null);
        await().until(() -> operations.check().status() == HealthReport.Status.DEGRADED);
        Store store = new Store();
        operations.bindStore(store, Map.of());
        await().until(() -> store.state(handle.id()) == State.WAITING);
        await().until(() -> operations.check().status() == HealthReport.Status.UP);
    }

    @Test
    void neverWaitsForAStoreThatHangsAndSavesTheNewestStateOnce() throws SoleraException {
        Store store = new Store();
        store.hanging = new CountDownLatch(1);
        operations.bindStore(store, Map.of());
        OperationHandle handle = operations.start(BACKUP, null);
        handle.progress(1, 2, "");
        handle.succeeded("", "");
        store.hanging.countDown();
        await().until(() -> store.state(handle.id()) == State.SUCCEEDED);
    }

    @Test
    void triesAgainAfterTheStoreFailed() throws SoleraException {
        Store store = new Store();
        store.failing = true;
        operations.bindStore(store, Map.of());
        OperationHandle handle = operations.start(BACKUP, null);
        await().until(() -> operations.check().detail().contains("The database is full."));
        handle.succeeded("", "");
        store.failing = false;
        await().until(() -> store.state(handle.id()) == State.SUCCEEDED);
        await().until(() -> operations.check().status() == HealthReport.Status.UP);
    }

    @Test
    void marksWhatAnEarlierRunDidNotEndAsInterrupted() throws SoleraException {
        Store store = new Store();
        operations.bindStore(store, Map.of());
        OperationHandle running = operations.start(BACKUP, null);
        running.progress(3, 9, "");
        OperationHandle over = operations.start(BACKUP, null);
        over.succeeded("", "");
        await().until(() -> store.state(running.id()) == State.RUNNING && store.state(over.id()) == State.SUCCEEDED);

        KeptOperations next = new KeptOperations(clock, executors, events, 5);
        OperationHandle fresh = next.start(BACKUP, null);
        next.bindStore(store, Map.of());
        await().until(() -> store.state(running.id()) == State.INTERRUPTED);
        assertEquals(
                State.INTERRUPTED, next.operation(running.id()).orElseThrow().state());
        assertEquals(State.SUCCEEDED, next.operation(over.id()).orElseThrow().state());
        assertEquals(State.WAITING, next.operation(fresh.id()).orElseThrow().state());
        next.close();
    }

    @Test
    void tellsEachOperationFourTimesASecondAtMostAndItsEndAlways() throws SoleraException {
        OperationHandle handle = operations.start(BACKUP, null);
        for (int n = 1; n <= 10_000; n++) {
            handle.progress(n, 10_000, "");
        }
        handle.succeeded("", "");
        await().until(() -> {
            synchronized (events.seen) {
                return events.seen
                        .get(events.seen.size() - 1)
                        .state()
                        .get("state")
                        .equals("succeeded");
            }
        });
        assertTrue(events.seen.size() < 100, () -> events.seen.size() + " events");
    }

    @Test
    void countsByStateAndOutcome() throws SoleraException {
        operations.start(BACKUP, null).succeeded("", "");
        operations.start(BACKUP, null);
        operations.start(BACKUP, null).progress(1, 1, "");
        Map<String, Double> figures = new HashMap<>();
        operations.collect(new Figures(figures));
        assertEquals(1, figures.get("solera_platform_operations[state, waiting]"));
        assertEquals(1, figures.get("solera_platform_operations[state, running]"));
        assertEquals(1, figures.get("solera_platform_operations_ended_total[outcome, succeeded]"));
        assertEquals(0, figures.get("solera_platform_operations_ended_total[outcome, failed]"));
    }

    private record Figures(Map<String, Double> all) implements org.solera.platform.api.spi.MetricSource.Sink {
        @Override
        public void counter(String name, String help, double value, String... labels) {
            all.put(name + List.of(labels), value);
        }

        @Override
        public void gauge(String name, String help, double value, String... labels) {
            all.put(name + List.of(labels), value);
        }

        @Override
        public void histogram(String name, String help, double[] bounds, long[] counts, double sum, String... labels) {
            throw new UnsupportedOperationException();
        }
    }
}
