// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.net.internal;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelOutboundBuffer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Writes to one connection and watches that the peer takes it. Confined to the event loop of the channel. */
final class Outbox {
    private static final byte[] CONTINUE = "HTTP/1.1 100 Continue\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

    private final Channel channel;
    private final PortMetrics metrics;
    private final Duration limit;
    private final Consumer<IOException> stalled;
    private final SocketTimer timer;
    private int writes; // under way
    private long mark;

    /**
     * @param limit the longest time in which the peer takes no byte
     * @param stalled learns that it took longer
     */
    Outbox(Channel channel, PortMetrics metrics, Duration limit, Consumer<IOException> stalled) {
        this.channel = channel;
        this.metrics = metrics;
        this.limit = limit;
        this.stalled = stalled;
        this.timer = new SocketTimer(channel.eventLoop(), this::expired);
    }

    /**
     * Writes and flushes.
     *
     * @param first goes out before {@code second}, if there is something
     * @param written learns the outcome
     */
    void write(@Nullable ByteBuf first, ByteBuf second, Consumer<ChannelFuture> written) {
        if (writes++ == 0) {
            mark = mark();
            timer.in(limit.toNanos());
        }
        metrics.sent((first == null ? 0 : first.readableBytes()) + (long) second.readableBytes());
        if (first != null) {
            ChannelFuture unused = channel.write(first); // shares its fate with the second
        }
        ChannelFuture sent = channel.writeAndFlush(second);
        sent.addListener(done -> {
            if (--writes == 0) {
                timer.off();
            } else {
                timer.in(limit.toNanos());
            }
            written.accept(sent);
        });
    }

    /** Tells the peer to send the body. */
    void sayContinue() {
        write(null, Unpooled.wrappedBuffer(CONTINUE), sent -> {});
    }

    private long mark() {
        ChannelOutboundBuffer waiting = channel.unsafe().outboundBuffer();
        return waiting == null ? 0 : waiting.currentProgress() - waiting.totalPendingWriteBytes();
    }

    private void expired() {
        long now = mark();
        if (now != mark) {
            mark = now;
            timer.in(limit.toNanos());
            return;
        }
        metrics.refused("ANSWER_TIMEOUT");
        stalled.accept(new IOException("The peer took nothing of the answer for " + limit.toMillis() + " ms."));
    }

    void stop() {
        timer.stop();
    }
}
