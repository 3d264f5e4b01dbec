// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.operations.internal;

import static org.osgi.service.component.annotations.ReferenceCardinality.MULTIPLE;
import static org.osgi.service.component.annotations.ReferencePolicy.DYNAMIC;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ScheduledExecutorService;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.solera.platform.api.HealthReport;
import org.solera.platform.api.NamedExecutors;
import org.solera.platform.api.ServiceGate;
import org.solera.platform.api.SoleraException;
import org.solera.platform.api.live.LiveEvents;
import org.solera.platform.api.operations.Operation;
import org.solera.platform.api.operations.Operation.State;
import org.solera.platform.api.operations.OperationHandle;
import org.solera.platform.api.operations.OperationStore;
import org.solera.platform.api.operations.Operations;
import org.solera.platform.api.spi.HealthCheck;
import org.solera.platform.api.spi.MetricSource;

/**
 * The long operations of the appliance: in memory, saved to the database behind their back when there is one, published
 * to those who watch. Thread-safe.
 */
@Component(service = {Operations.class, MetricSource.class, HealthCheck.class})
public final class KeptOperations implements Operations, MetricSource, HealthCheck {
    private static final Logger log = LoggerFactory.getLogger(KeptOperations.class);
    private static final long FIRST_PAUSE_MILLIS = 1_000;

    private final Clock clock;
    private final ServiceGate<OperationStore> stores = new ServiceGate<>("The list of operations");
    private final ExecutorService writer;
    private final ExecutorService cancels;
    private final ScheduledExecutorService scheduler;
    private final OperationBook book;
    private final OperationKeeper keeper;

    @Activate
    public KeptOperations(@Reference Clock clock, @Reference NamedExecutors executors, @Reference LiveEvents events) {
        this(clock, executors, events, FIRST_PAUSE_MILLIS);
    }

    KeptOperations(Clock clock, NamedExecutors executors, LiveEvents events, long firstPauseMillis) {
        this.clock = clock;
        this.writer = executors.open("operations", "save", 1, 1);
        this.cancels = executors.open("operations", "cancel", 2, 100);
        this.scheduler = executors.openScheduler("operations", "tell");
        OperationTeller teller = new OperationTeller(events, scheduler, System::nanoTime);
        // The book tells the keeper, and the keeper gives the book what an earlier run left.
        OperationBook[] adopting = new OperationBook[1];
        OperationKeeper saving =
                new OperationKeeper(stores::peek, kept -> adopting[0].adopt(kept), writer, scheduler, firstPauseMillis);
        this.keeper = saving;
        this.book = new OperationBook(clock, cancels, new OperationBook.Witness() {
            @Override
            public void changed(Operation operation, boolean turn) {
                if (turn) {
                    saving.put(operation);
                }
                teller.changed(operation);
            }

            @Override
            public void forgotten(String id) {
                saving.remove(id);
            }
        });
        adopting[0] = book;
    }

    @Deactivate
    void close() {
        keeper.close();
        scheduler.shutdownNow();
        cancels.shutdownNow();
        writer.shutdown(); // what waits is still saved; the thread is a daemon
    }

    @Reference(cardinality = MULTIPLE, policy = DYNAMIC)
    void bindStore(OperationStore store, Map<String, ?> properties) {
        stores.bind(store, properties);
        keeper.storeCame();
    }

    void unbindStore(OperationStore store) {
        if (!stores.unbind(store)) {
            log.warn("A store of operations left while it was used.");
        }
    }

    @Override
    public OperationHandle start(Start start, @Nullable Runnable cancel) throws SoleraException {
        return book.start(start, cancel);
    }

    @Override
    public List<Operation> operations() {
        return book.operations();
    }

    @Override
    public Optional<Operation> operation(String id) {
        return book.operation(id);
    }

    @Override
    public Operation cancel(String id) throws SoleraException {
        return book.cancel(id);
    }

    @Override
    public String name() {
        return "platform.operations";
    }

    @Override
    public HealthReport check() {
        String failure = keeper.failure();
        if (!failure.isEmpty()) {
            return HealthReport.degraded(
                    "Operations are not kept over a restart now: " + failure,
                    "Look at the health of the database; operations go on without it.");
        }
        return HealthReport.up(
                "%d operations are under way.".formatted(book.underWay().size()));
    }

    @Override
    public void collect(Sink sink) {
        List<Operation> underWay = book.underWay();
        for (State state : List.of(State.WAITING, State.RUNNING)) {
            sink.gauge(
                    "solera_platform_operations",
                    "Long operations under way",
                    underWay.stream()
                            .filter(operation -> operation.state() == state)
                            .count(),
                    "state",
                    word(state));
        }
        Map<State, Long> outcomes = book.outcomes();
        for (State state : State.values()) {
            if (state.ended()) {
                sink.counter(
                        "solera_platform_operations_ended_total",
                        "Long operations that ended since the start",
                        outcomes.getOrDefault(state, 0L),
                        "outcome",
                        word(state));
            }
        }
        double oldest = underWay.isEmpty()
                ? 0
                : Duration.between(underWay.get(0).createdAt(), clock.instant()).toMillis() / 1e3;
        sink.gauge("solera_platform_operation_oldest_seconds", "Age of the oldest operation under way", oldest);
        sink.gauge(
                "solera_platform_operations_unsaved", "States of operations that wait to be saved", keeper.waiting());
        sink.counter(
                "solera_platform_operations_unsaved_dropped_total",
                "States of operations that were never saved because too many waited",
                keeper.dropped());
    }

    private static String word(State state) {
        return state.name().toLowerCase(Locale.ROOT);
    }
}
