// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.net.internal;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Holds back the writer of an answer while {@link HttpLimits#WINDOW_BYTES} are on their way to the peer. The event loop
 * watches the peer: when nothing moves it closes the connection, which ends every wait here. Thread-safe.
 */
final class Window {
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private long underWay; // bytes; guarded by lock
    private @Nullable IOException failure; // guarded by lock
    private volatile @Nullable Runnable released;

    /**
     * Waits until so many bytes may be sent; more than the window only while nothing else is under way.
     *
     * @throws IOException if the connection is gone
     */
    void acquire(int bytes) throws IOException {
        lock.lock();
        try {
            while (failure == null && underWay > 0 && underWay + bytes > HttpLimits.WINDOW_BYTES) {
                changed.await();
            }
            if (failure != null) {
                throw new IOException(failure.getMessage(), failure);
            }
            underWay += bytes;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("The port is closing.");
        } finally {
            lock.unlock();
        }
    }

    /**
     * Like {@link #acquire}, and never waits; {@return whether the bytes may be sent}
     *
     * @throws IOException if the connection is gone
     */
    boolean tryAcquire(int bytes) throws IOException {
        lock.lock();
        try {
            if (failure != null) {
                throw new IOException(failure.getMessage(), failure);
            }
            if (underWay > 0 && underWay + bytes > HttpLimits.WINDOW_BYTES) {
                return false;
            }
            underWay += bytes;
            return true;
        } finally {
            lock.unlock();
        }
    }

    /** Names a task that runs on the event loop whenever bytes reached the peer. */
    void onRelease(Runnable task) {
        released = task;
    }

    void release(int bytes) {
        lock.lock();
        try {
            underWay -= bytes;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
        Runnable task = released;
        if (task != null) {
            task.run();
        }
    }

    /** {@return whether the connection broke} */
    boolean failed() {
        lock.lock();
        try {
            return failure != null;
        } finally {
            lock.unlock();
        }
    }

    void fail(IOException reason) {
        lock.lock();
        try {
            if (failure == null) {
                failure = reason;
            }
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
