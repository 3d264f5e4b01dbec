// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.core.internal;

import java.util.AbstractQueue;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.Iterator;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The line in front of a pool that starts a thread only when none idles, and lets tasks wait only when all threads work.
 * The thread that idles the shortest gets the next task: handed out in turn, little work would keep every thread of a
 * past rush alive. Thread-safe.
 */
final class IdleFirstLine extends AbstractQueue<Runnable> implements BlockingQueue<Runnable> {
    /** A thread that waits, and what it was given. */
    private static final class Seat {
        private final Condition given;
        private @Nullable Runnable task;

        Seat(Condition given) {
            this.given = given;
        }
    }

    private final int bound;
    private final ReentrantLock lock = new ReentrantLock();
    private final Deque<Seat> idle = new ArrayDeque<>(); // guarded by lock; the shortest idle first
    private final Deque<Runnable> waiting = new ArrayDeque<>(); // guarded by lock

    /** @param bound the most tasks that wait */
    IdleFirstLine(int bound) {
        this.bound = bound;
    }

    /** Gives a task to a thread that idles; {@return whether there was one} If not, the pool starts a thread. */
    @Override
    public boolean offer(Runnable task) {
        lock.lock();
        try {
            Seat seat = idle.pollFirst();
            if (seat == null) {
                return false;
            }
            seat.task = task;
            seat.given.signal();
            return true;
        } finally {
            lock.unlock();
        }
    }

    /** {@return whether a thread idles by now or there was room to wait, for a task that the pool could not start} */
    boolean queue(Runnable task) {
        lock.lock();
        try {
            return offer(task) || (waiting.size() < bound && waiting.add(task));
        } finally {
            lock.unlock();
        }
    }

    @Override
    public @Nullable Runnable poll(long timeout, TimeUnit unit) throws InterruptedException {
        long nanos = unit.toNanos(timeout);
        lock.lockInterruptibly();
        try {
            Runnable first = waiting.pollFirst();
            if (first != null) {
                return first;
            }
            Seat seat = new Seat(lock.newCondition());
            idle.addFirst(seat);
            try {
                while (seat.task == null && nanos > 0) {
                    nanos = seat.given.awaitNanos(nanos);
                }
            } catch (InterruptedException interrupted) {
                if (seat.task == null) {
                    throw interrupted;
                }
                Thread.currentThread().interrupt(); // a task that was given is not lost
            } finally {
                idle.remove(seat);
            }
            return seat.task;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public Runnable take() throws InterruptedException {
        Runnable task = null;
        while (task == null) {
            task = poll(1, TimeUnit.HOURS);
        }
        return task;
    }

    @Override
    public @Nullable Runnable poll() {
        lock.lock();
        try {
            return waiting.pollFirst();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public @Nullable Runnable peek() {
        lock.lock();
        try {
            return waiting.peekFirst();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void put(Runnable task) {
        if (!queue(task)) {
            throw new IllegalStateException("%d tasks wait already.".formatted(bound));
        }
    }

    @Override
    public boolean offer(Runnable task, long timeout, TimeUnit unit) {
        return offer(task);
    }

    @Override
    public boolean remove(@Nullable Object task) {
        lock.lock();
        try {
            return waiting.remove(task);
        } finally {
            lock.unlock();
        }
    }

    @Override
    public int remainingCapacity() {
        return bound - size();
    }

    @Override
    public int drainTo(Collection<? super Runnable> into) {
        return drainTo(into, Integer.MAX_VALUE);
    }

    @Override
    public int drainTo(Collection<? super Runnable> into, int most) {
        lock.lock();
        try {
            int count = 0;
            while (count < most && !waiting.isEmpty()) {
                into.add(waiting.removeFirst());
                count++;
            }
            return count;
        } finally {
            lock.unlock();
        }
    }

    /** {@return the tasks that wait now, from a copy} */
    @Override
    public Iterator<Runnable> iterator() {
        lock.lock();
        try {
            return new ArrayList<>(waiting).iterator();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public int size() {
        lock.lock();
        try {
            return waiting.size();
        } finally {
            lock.unlock();
        }
    }
}
