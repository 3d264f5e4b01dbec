// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.audit.internal;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Records that wait for the committer. Outcomes go first and are never refused: there are at most as many as wishes under
 * way. Of the others {@value #MOST} wait at most. Thread-safe.
 */
final class Backlog {
    private static final int MOST = 4096;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Deque<Ticket> outcomes = new ArrayDeque<>(); // guarded by lock
    private final Deque<Ticket> others = new ArrayDeque<>(); // guarded by lock
    private boolean closed; // guarded by lock

    /** {@return whether there was room} */
    boolean add(Ticket ticket) {
        lock.lock();
        try {
            if (closed || others.size() >= MOST) {
                return false;
            }
            others.addLast(ticket);
            changed.signal();
            return true;
        } finally {
            lock.unlock();
        }
    }

    void addOutcome(Ticket ticket) {
        lock.lock();
        try {
            outcomes.addLast(ticket);
            changed.signal();
        } finally {
            lock.unlock();
        }
    }

    /** Puts outcomes back that could not be written. */
    void putBack(List<Ticket> tickets) {
        lock.lock();
        try {
            for (int i = tickets.size() - 1; i >= 0; i--) {
                tickets.get(i).again();
                outcomes.addFirst(tickets.get(i));
            }
        } finally {
            lock.unlock();
        }
    }

    /** {@return outcomes that wait, then others; empty when none came in time. All are taken} */
    List<Ticket> take(int most, long waitMillis) throws InterruptedException {
        List<Ticket> taken = new ArrayList<>();
        lock.lockInterruptibly();
        try {
            long left = TimeUnit.MILLISECONDS.toNanos(waitMillis);
            while (outcomes.isEmpty() && others.isEmpty() && !closed && left > 0) {
                left = changed.awaitNanos(left);
            }
            while (taken.size() < most && !(outcomes.isEmpty() && others.isEmpty())) {
                Ticket next = outcomes.isEmpty() ? others.removeFirst() : outcomes.removeFirst();
                if (next.take()) {
                    taken.add(next);
                }
            }
            return taken;
        } finally {
            lock.unlock();
        }
    }

    /** Takes no more, but for outcomes; whoever waits is told. */
    void close() {
        lock.lock();
        try {
            closed = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** {@return whether it is closed and nothing waits} */
    boolean finished() {
        lock.lock();
        try {
            return closed && outcomes.isEmpty() && others.isEmpty();
        } finally {
            lock.unlock();
        }
    }

    /** Lets everything that still waits fail. */
    void fail(String cause) {
        lock.lock();
        try {
            outcomes.forEach(each -> each.failed(cause));
            others.forEach(each -> each.failed(cause));
            outcomes.clear();
            others.clear();
        } finally {
            lock.unlock();
        }
    }
}
