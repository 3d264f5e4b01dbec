// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.operations.internal;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.solera.platform.api.PlatformError;
import org.solera.platform.api.SoleraException;
import org.solera.platform.api.operations.Operation;
import org.solera.platform.api.operations.Operation.State;
import org.solera.platform.api.operations.OperationHandle;
import org.solera.platform.api.operations.Operations;

/**
 * All operations, in memory. At most {@value #UNDER_WAY} run or wait, beyond which a start is refused; at most
 * {@value #ENDED} ended ones are kept, the oldest go first. Thread-safe; nothing here waits.
 */
final class OperationBook implements Operations {
    /** Takes what changed. Called on the thread that reports, outside the lock of the book; must not block. */
    interface Witness {
        /** @param turn whether the state is another one, and not only how much is done */
        void changed(Operation operation, boolean turn);

        void forgotten(String id);
    }

    static final int UNDER_WAY = 1_000;
    static final int ENDED = 1_000;
    private static final Logger log = LoggerFactory.getLogger(OperationBook.class);
    private static final Comparator<Operation> NEWEST_FIRST = Comparator.comparing(
                    Operation::createdAt, Comparator.reverseOrder())
            .thenComparing(Operation::id);

    private final Clock clock;
    private final Executor cancels;
    private final Witness witness;
    private final Map<String, RunningOperation> running = new HashMap<>(); // guarded by this
    private final Map<String, Operation> ended = new HashMap<>(); // guarded by this
    private final Map<State, Long> outcomes = new EnumMap<>(State.class); // guarded by this; since the start

    OperationBook(Clock clock, Executor cancels, Witness witness) {
        this.clock = clock;
        this.cancels = cancels;
        this.witness = witness;
    }

    @Override
    public OperationHandle start(Start start, @Nullable Runnable cancel) throws SoleraException {
        RunningOperation operation;
        synchronized (this) {
            if (running.size() >= UNDER_WAY) {
                throw new SoleraException(
                        PlatformError.BUSY,
                        "%d operations are under way; no more begin now.".formatted(UNDER_WAY),
                        "Wait until some have ended, or cancel some.",
                        null);
            }
            operation = new RunningOperation(this, UUID.randomUUID().toString(), start, cancel, clock.instant());
            running.put(operation.id(), operation);
        }
        witness.changed(operation.view(), true);
        return operation;
    }

    Instant now() {
        return clock.instant();
    }

    /** Called by an operation after each report. */
    void changed(Operation view, boolean turn) {
        List<String> gone = List.of();
        if (view.state().ended()) {
            synchronized (this) {
                running.remove(view.id());
                ended.put(view.id(), view);
                outcomes.merge(view.state(), 1L, Long::sum);
                gone = forgetOldest();
            }
        }
        witness.changed(view, turn);
        gone.forEach(witness::forgotten);
    }

    private List<String> forgetOldest() {
        if (ended.size() <= ENDED) {
            return List.of();
        }
        List<String> gone = ended.values().stream()
                .sorted(Comparator.comparing(OperationBook::endOf))
                .limit(ended.size() - ENDED)
                .map(Operation::id)
                .toList();
        gone.forEach(ended::remove);
        return gone;
    }

    private static Instant endOf(Operation operation) {
        Instant end = operation.endedAt();
        return end == null ? operation.changedAt() : end;
    }

    /** Takes in what an earlier run of the appliance left; what had not ended was interrupted. */
    void adopt(Collection<Operation> kept) {
        List<Operation> interrupted = new ArrayList<>();
        List<String> gone;
        synchronized (this) {
            for (Operation each : kept) {
                if (running.containsKey(each.id()) || ended.containsKey(each.id())) {
                    continue;
                }
                Operation now = each.state().ended() ? each : interrupted(each);
                if (now != each) {
                    interrupted.add(now);
                }
                ended.put(now.id(), now);
            }
            gone = forgetOldest();
        }
        interrupted.forEach(operation -> witness.changed(operation, true));
        gone.forEach(witness::forgotten);
    }

    private static Operation interrupted(Operation kept) {
        return new Operation(
                kept.id(),
                kept.kind(),
                kept.title(),
                kept.target(),
                kept.who(),
                State.INTERRUPTED,
                "",
                kept.done(),
                kept.total(),
                kept.unit(),
                false,
                "The appliance stopped before it ended.",
                "Look whether it has to be started again.",
                kept.result(),
                kept.createdAt(),
                kept.changedAt(),
                kept.changedAt());
    }

    @Override
    public List<Operation> operations() {
        List<Operation> all;
        List<RunningOperation> live;
        synchronized (this) {
            all = new ArrayList<>(ended.values());
            live = List.copyOf(running.values());
        }
        live.forEach(operation -> all.add(operation.view()));
        all.sort(NEWEST_FIRST);
        return List.copyOf(all);
    }

    @Override
    public Optional<Operation> operation(String id) {
        RunningOperation live;
        synchronized (this) {
            live = running.get(id);
            if (live == null) {
                return Optional.ofNullable(ended.get(id));
            }
        }
        return Optional.of(live.view());
    }

    @Override
    public Operation cancel(String id) throws SoleraException {
        Operation known = operation(id)
                .orElseThrow(() -> new SoleraException(
                        PlatformError.NOT_FOUND,
                        "There is no operation %s.".formatted(id),
                        "Look at the list of operations.",
                        null));
        RunningOperation live;
        synchronized (this) {
            live = running.get(id);
        }
        Runnable cancel = live == null ? null : live.requestCancel();
        if (live == null || cancel == null) {
            throw new SoleraException(
                    PlatformError.CONFLICT,
                    known.state().ended()
                            ? "The operation is over."
                            : "The operation cannot be cancelled, or was asked to stop already.",
                    "Look at its state.",
                    null);
        }
        try {
            cancels.execute(cancel);
        } catch (RejectedExecutionException full) {
            // The flag is set: work that looks at it stops without being called.
            log.warn("Operation {} is told of its cancellation by the flag alone: the queue is full.", id, full);
        }
        return live.view();
    }

    /** {@return operations under way, oldest first} */
    List<Operation> underWay() {
        List<RunningOperation> live;
        synchronized (this) {
            live = List.copyOf(running.values());
        }
        return live.stream()
                .map(RunningOperation::view)
                .sorted(NEWEST_FIRST.reversed())
                .toList();
    }

    /** {@return how many ended since the start, by outcome} */
    synchronized Map<State, Long> outcomes() {
        return Map.copyOf(outcomes);
    }
}
