// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.api;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Counts calls in flight so that their service can be replaced without breaking one.
 *
 * <p><b>Thread-safety:</b> thread-safe. A gate that was drained can be reopened, for a hand-over that is taken back.
 */
public final class DrainGate {
    private final String name;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private int calls; // guarded by lock
    private boolean closing; // guarded by lock

    /** @param name what is behind the gate, as people know it */
    public DrainGate(String name) {
        this.name = name;
    }

    /**
     * Enters without waiting.
     *
     * @return the lease of one call; close it when the call ends
     * @throws DrainingException if the gate is closing or closed
     */
    public Lease enter() throws DrainingException {
        lock.lock();
        try {
            if (closing) {
                throw new DrainingException(name);
            }
            calls++;
        } finally {
            lock.unlock();
        }
        AtomicBoolean left = new AtomicBoolean();
        return () -> {
            if (left.compareAndSet(false, true)) {
                leave();
            }
        };
    }

    private void leave() {
        lock.lock();
        try {
            calls--;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** {@return the number of calls inside now} */
    public int calls() {
        lock.lock();
        try {
            return calls;
        } finally {
            lock.unlock();
        }
    }

    /**
     * Refuses new calls, then waits for the running ones.
     *
     * @param limit the longest wait
     * @return whether every call ended in time; the gate stays closed either way
     * @throws InterruptedException if the waiting thread is interrupted; the gate stays closed
     */
    public boolean drain(Duration limit) throws InterruptedException {
        long left = limit.toNanos();
        lock.lockInterruptibly();
        try {
            closing = true;
            while (calls > 0) {
                if (left <= 0) {
                    return false;
                }
                left = changed.awaitNanos(left);
            }
            return true;
        } finally {
            lock.unlock();
        }
    }

    /** Admits calls again. */
    public void reopen() {
        lock.lock();
        try {
            closing = false;
        } finally {
            lock.unlock();
        }
    }
}
