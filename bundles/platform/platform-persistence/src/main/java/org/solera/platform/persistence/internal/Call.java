// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.persistence.internal;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;

/** One call on its way: who made it may give it up until its commit begins. */
final class Call<T> implements Runnable {
    private enum Phase {
        WAITING,
        WORKING,
        COMMITTING,
        GIVEN_UP
    }

    private final Function<Call<T>, T> work;
    private final AtomicReference<Phase> phase = new AtomicReference<>(Phase.WAITING);
    private final CountDownLatch connected = new CountDownLatch(1);
    private final CompletableFuture<T> outcome = new CompletableFuture<>();

    Call(Function<Call<T>, T> work) {
        this.work = work;
    }

    CompletableFuture<T> outcome() {
        return outcome;
    }

    CountDownLatch connected() {
        return connected;
    }

    // Whatever the work throws, errors too, belongs to the caller.
    @Override
    @SuppressWarnings("PMD.AvoidCatchingThrowable")
    public void run() {
        if (!phase.compareAndSet(Phase.WAITING, Phase.WORKING)) {
            return;
        }
        try {
            outcome.complete(work.apply(this));
        } catch (Throwable failure) {
            outcome.completeExceptionally(failure);
        } finally {
            connected.countDown();
        }
    }

    /** The call has its connection. */
    void began() {
        connected.countDown();
    }

    /** {@return whether the commit may begin; if not, nobody waits for it any more} */
    boolean beginCommit() {
        return phase.compareAndSet(Phase.WORKING, Phase.COMMITTING);
    }

    /** {@return whether it was given up in time: it changes nothing any more} */
    boolean giveUp() {
        return phase.compareAndSet(Phase.WAITING, Phase.GIVEN_UP) || phase.compareAndSet(Phase.WORKING, Phase.GIVEN_UP);
    }
}
