// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.net.internal;

import io.netty.buffer.ByteBuf;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.solera.platform.net.api.DetachedAnswer;

/** A streamed answer that is written from any thread and never makes one wait. Thread-safe. */
final class DetachedStream implements DetachedAnswer {
    private static final Logger log = LoggerFactory.getLogger(DetachedStream.class);
    private static final byte[] LAST_CHUNK = "0\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

    private final Exchange exchange;
    private final boolean chunked;
    private final List<Runnable> roomTasks = new CopyOnWriteArrayList<>();
    private final List<Runnable> endTasks = new ArrayList<>(); // guarded by this
    private boolean closed; // guarded by this
    private boolean over; // guarded by this

    DetachedStream(Exchange exchange, boolean chunked) {
        this.exchange = exchange;
        this.chunked = chunked;
        exchange.window().onRelease(() -> roomTasks.forEach(Runnable::run));
    }

    @Override
    public synchronized boolean offer(byte[] content) throws IOException {
        if (closed) {
            throw new IOException("The answer is closed.");
        }
        if (content.length == 0) {
            return true;
        }
        byte[] size = chunked
                ? (Integer.toHexString(content.length) + "\r\n").getBytes(StandardCharsets.US_ASCII)
                : new byte[0];
        int length = size.length + content.length + (chunked ? 2 : 0);
        if (!exchange.window().tryAcquire(length)) {
            return false;
        }
        ByteBuf data = exchange.allocator().directBuffer(length);
        data.writeBytes(size).writeBytes(content);
        if (chunked) {
            data.writeByte('\r').writeByte('\n');
        }
        exchange.submit(data, length, false);
        return true;
    }

    @Override
    public void onRoom(Runnable task) {
        roomTasks.add(task);
    }

    @Override
    public void onEnd(Runnable task) {
        synchronized (this) {
            if (!over) {
                endTasks.add(task);
                return;
            }
        }
        task.run();
    }

    /** The answer is over. Event loop. */
    void ended() {
        List<Runnable> tasks;
        synchronized (this) {
            closed = true;
            over = true;
            tasks = List.copyOf(endTasks);
            endTasks.clear();
        }
        roomTasks.clear();
        tasks.forEach(Runnable::run);
    }

    @Override
    public synchronized void close() {
        if (closed) {
            return;
        }
        closed = true;
        ByteBuf end = exchange.allocator().directBuffer(LAST_CHUNK.length);
        if (chunked) {
            end.writeBytes(LAST_CHUNK);
        }
        try {
            exchange.submit(end, 0, true);
        } catch (IOException gone) {
            log.debug("A detached answer ended with its connection.", gone);
        }
    }
}
