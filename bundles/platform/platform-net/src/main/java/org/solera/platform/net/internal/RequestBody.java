// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.net.internal;

import io.netty.buffer.ByteBuf;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Objects;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The body of one request on its way from the event loop to the handler: at most {@link HttpLimits#WINDOW_BYTES} and one
 * read of the socket wait in between. The event loop offers, one other thread reads.
 */
final class RequestBody extends InputStream {
    private final Duration patience;
    private final Runnable more;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final ArrayDeque<ByteBuf> pieces = new ArrayDeque<>(); // guarded by lock
    private int waiting; // bytes in pieces; guarded by lock
    private boolean wanted; // the event loop was asked to go on; guarded by lock
    private boolean ended; // guarded by lock
    private boolean slow; // guarded by lock
    private @Nullable IOException failure; // guarded by lock

    /**
     * @param empty whether there is no body
     * @param patience the longest wait for the next byte
     * @param more asks the event loop to offer more; runs on the reading thread
     */
    RequestBody(boolean empty, Duration patience, Runnable more) {
        this.ended = empty;
        this.patience = patience;
        this.more = more;
    }

    /** {@return whether the reader asked for more and the window has room} Called by the event loop. */
    boolean wantsMore() {
        lock.lock();
        try {
            if (failure == null && wanted && waiting < HttpLimits.WINDOW_BYTES) {
                return true;
            }
            wanted = false;
            return false;
        } finally {
            lock.unlock();
        }
    }

    /** Takes a piece, and its ownership, from the event loop. */
    void offer(ByteBuf piece) {
        lock.lock();
        try {
            if (failure != null || !piece.isReadable()) {
                piece.release();
                return;
            }
            pieces.add(piece);
            waiting += piece.readableBytes();
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** The body arrived whole. */
    void end() {
        lock.lock();
        try {
            ended = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** The rest will not arrive: reads fail from now on, and what waits is let go. */
    void fail(IOException reason) {
        lock.lock();
        try {
            if (failure == null) {
                failure = reason;
            }
            pieces.forEach(ByteBuf::release);
            pieces.clear();
            waiting = 0;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** {@return whether the peer sent nothing for too long} */
    boolean slow() {
        lock.lock();
        try {
            return slow;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        Objects.checkFromIndexSize(offset, length, target.length);
        if (length == 0) {
            return 0;
        }
        int done = 0;
        boolean ask;
        lock.lock();
        try {
            await();
            while (done < length && !pieces.isEmpty()) {
                ByteBuf piece = pieces.peek();
                int step = Math.min(length - done, piece.readableBytes());
                piece.readBytes(target, offset + done, step);
                done += step;
                if (!piece.isReadable()) {
                    pieces.remove();
                    piece.release();
                }
            }
            waiting -= done;
            ask = !wanted && !ended && waiting <= HttpLimits.WINDOW_BYTES / 2;
            wanted |= ask;
        } finally {
            lock.unlock();
        }
        if (ask) {
            more.run();
        }
        return done == 0 ? -1 : done;
    }

    /** Waits for a piece, the end or a failure. The lock is held. */
    private void await() throws IOException {
        long left = patience.toNanos();
        while (pieces.isEmpty() && !ended && failure == null) {
            if (!wanted) {
                wanted = true;
                more.run();
            }
            if (left <= 0) {
                slow = true;
                failure = new IOException("The peer sent nothing of the body for " + patience.toMillis() + " ms.");
                break;
            }
            try {
                left = changed.awaitNanos(left);
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
                throw new InterruptedIOException("The port is closing.");
            }
        }
        if (failure != null) {
            throw new IOException(failure.getMessage(), failure);
        }
    }

    @Override
    public int available() {
        lock.lock();
        try {
            return waiting;
        } finally {
            lock.unlock();
        }
    }
}
