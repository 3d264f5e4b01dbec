// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.audit.internal;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** A record on its way to the disk. Thread-safe. */
final class Ticket {
    private enum State {
        /** In the queue. */
        WAITING,
        /** In the hands of the committer. */
        TAKEN,
        /** Nobody waits for it any more. */
        ABANDONED,
        WRITTEN,
        FAILED
    }

    private final Lines.Body body;
    private final AtomicReference<State> state = new AtomicReference<>(State.WAITING);
    private final CountDownLatch ended = new CountDownLatch(1);
    private volatile long sequence;
    private volatile @Nullable String failure;

    Ticket(Lines.Body body) {
        this.body = body;
    }

    Lines.Body body() {
        return body;
    }

    /** {@return whether it is to be written; false if its caller gave up before} */
    boolean take() {
        return state.compareAndSet(State.WAITING, State.TAKEN);
    }

    /** {@return whether the caller still waited} */
    boolean written(long number) {
        sequence = number;
        boolean awaited = state.compareAndSet(State.TAKEN, State.WRITTEN);
        ended.countDown();
        return awaited;
    }

    void failed(String cause) {
        failure = cause;
        if (state.compareAndSet(State.TAKEN, State.FAILED) || state.compareAndSet(State.WAITING, State.FAILED)) {
            ended.countDown();
        }
    }

    /** Puts it back, for a later attempt. */
    void again() {
        state.compareAndSet(State.TAKEN, State.WAITING);
    }

    /**
     * Waits for the end.
     *
     * @return whether it is on disk; if not, it will not be, or its outcome will say that nothing began
     */
    boolean await(Duration limit) throws InterruptedException {
        try {
            if (!ended.await(limit.toNanos(), TimeUnit.NANOSECONDS)) {
                abandon();
            }
        } catch (InterruptedException interrupted) {
            abandon();
            throw interrupted;
        }
        return state.get() == State.WRITTEN;
    }

    /** Waits for the end and leaves the ticket in force when it does not come. */
    boolean awaitPatiently(Duration limit) throws InterruptedException {
        return ended.await(limit.toNanos(), TimeUnit.NANOSECONDS) && state.get() == State.WRITTEN;
    }

    private void abandon() {
        if (!state.compareAndSet(State.WAITING, State.ABANDONED)) {
            state.compareAndSet(State.TAKEN, State.ABANDONED);
        }
    }

    long sequence() {
        return sequence;
    }

    /** {@return why it failed; empty if it took too long} */
    String failure() {
        String cause = failure;
        return cause == null ? "" : cause;
    }
}
