// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.operations.internal;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.solera.platform.api.SoleraException;
import org.solera.platform.api.operations.Operation;
import org.solera.platform.api.operations.Operation.State;
import org.solera.platform.api.operations.OperationHandle;
import org.solera.platform.api.operations.Operations.Start;

/** One operation from its start to its end. Thread-safe; what is reported after the end is ignored. */
final class RunningOperation implements OperationHandle {
    private static final Logger log = LoggerFactory.getLogger(RunningOperation.class);
    private static final int LONGEST_TEXT = 2_000;

    private final OperationBook book;
    private final String id;
    private final Start start;
    private final @Nullable Runnable cancel;
    private final Instant createdAt;

    /** Held from a change until everybody was told, so that nobody hears of two changes in the wrong order. */
    private final Object order = new Object();

    private State state = State.WAITING; // this and all below: guarded by this
    private String waitingFor = "";
    private long done;
    private long total;
    private String message = "";
    private String nextAction = "";
    private String result = "";
    private Instant changedAt;
    private boolean cancelRequested;

    RunningOperation(OperationBook book, String id, Start start, @Nullable Runnable cancel, Instant createdAt) {
        this.book = book;
        this.id = id;
        this.start = start;
        this.cancel = cancel;
        this.createdAt = createdAt;
        this.changedAt = createdAt;
    }

    @Override
    public String id() {
        return id;
    }

    synchronized Operation view() {
        boolean over = state.ended();
        return new Operation(
                id,
                start.kind(),
                start.title(),
                start.target(),
                start.who(),
                state,
                waitingFor,
                done,
                total,
                start.unit(),
                cancel != null && !over && !cancelRequested,
                message,
                nextAction,
                result,
                createdAt,
                changedAt,
                over ? changedAt : null);
    }

    @Override
    public void progress(long nowDone, long nowTotal, String nowMessage) {
        synchronized (order) {
            Operation view;
            boolean turn;
            synchronized (this) {
                if (state.ended()) {
                    return;
                }
                turn = state != State.RUNNING;
                state = State.RUNNING;
                waitingFor = "";
                done = Math.max(0, nowDone);
                total = Math.max(0, nowTotal);
                message = bounded(nowMessage);
                changedAt = book.now();
                view = view();
            }
            book.changed(view, turn);
        }
    }

    @Override
    public void waiting(String cause) {
        synchronized (order) {
            Operation view;
            boolean turn;
            synchronized (this) {
                if (state.ended()) {
                    return;
                }
                String bounded = bounded(cause);
                turn = state != State.WAITING || !bounded.equals(waitingFor);
                state = State.WAITING;
                waitingFor = bounded;
                changedAt = book.now();
                view = view();
            }
            book.changed(view, turn);
        }
    }

    @Override
    public synchronized boolean cancelRequested() {
        return cancelRequested;
    }

    /** {@return what stops the work, to be run once; null if it cannot be stopped, was asked before, or is over} */
    @Nullable
    Runnable requestCancel() {
        synchronized (order) {
            Operation view;
            synchronized (this) {
                if (cancel == null || cancelRequested || state.ended()) {
                    return null;
                }
                cancelRequested = true;
                message = "It was asked to stop.";
                changedAt = book.now();
                view = view();
            }
            book.changed(view, true);
        }
        return cancel;
    }

    @Override
    public void succeeded(String outcome, String address) {
        if (!address.isEmpty() && !address.startsWith("/api/v1/")) {
            throw new IllegalArgumentException("The result of an operation is an address below /api/v1/.");
        }
        end(State.SUCCEEDED, outcome, "", address);
    }

    @Override
    public void failed(SoleraException failure) {
        end(State.FAILED, String.valueOf(failure.getMessage()), failure.nextAction(), "");
    }

    @Override
    public void cancelled() {
        end(State.CANCELLED, "It was cancelled.", "", "");
    }

    @Override
    public void close() {
        if (end(State.FAILED, "It ended without saying how.", "Look at the log.", "")) {
            log.warn("Operation {} ({}) ended without an outcome.", id, start.kind());
        }
    }

    private boolean end(State outcome, String lastMessage, String action, String address) {
        synchronized (order) {
            Operation view;
            synchronized (this) {
                if (state.ended()) {
                    return false;
                }
                state = outcome;
                waitingFor = "";
                message = bounded(lastMessage);
                nextAction = bounded(action);
                result = address;
                changedAt = book.now();
                view = view();
            }
            book.changed(view, true);
        }
        return true;
    }

    private static String bounded(String text) {
        return text.length() <= LONGEST_TEXT ? text : text.substring(0, LONGEST_TEXT - 1) + "…";
    }
}
