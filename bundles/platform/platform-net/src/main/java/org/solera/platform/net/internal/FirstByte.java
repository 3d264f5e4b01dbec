// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.net.internal;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.handler.codec.ByteToMessageDecoder;
import io.netty.handler.ssl.SslHandler;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Looks at the first byte of a connection: 22 begins a TLS handshake, everything else is plain. Event loop only. */
final class FirstByte extends ChannelInboundHandlerAdapter {
    private static final int TLS_HANDSHAKE = 22;
    private static final Duration PAUSE = Duration.ofMillis(50);

    /** What follows once it is known whether the connection is encrypted. */
    @FunctionalInterface
    interface Next {
        /**
         * Adds the protocol to the pipeline.
         *
         * @param first the bytes received so far, owned by the callee, which puts them into the pipeline
         */
        void start(Channel channel, boolean secure, ByteBuf first);
    }

    private final TlsSource tls;
    private final boolean http;
    private final boolean plainAllowed;
    private final HttpLimits limits;
    private final PortMetrics metrics;
    private final Next next;
    private @Nullable ByteBuf held;
    private @Nullable SocketTimer timer;
    private long waitedSince;
    private boolean decided;

    /**
     * @param http whether HTTP is spoken inside
     * @param plainAllowed whether a plain connection goes on
     */
    FirstByte(TlsSource tls, boolean http, boolean plainAllowed, HttpLimits limits, PortMetrics metrics, Next next) {
        this.tls = tls;
        this.http = http;
        this.plainAllowed = plainAllowed;
        this.limits = limits;
        this.metrics = metrics;
        this.next = next;
    }

    @Override
    public void channelActive(ChannelHandlerContext context) {
        SocketTimer silent = new SocketTimer(context.executor(), () -> Closing.close(context));
        silent.in(limits.head().toNanos());
        timer = silent;
        context.read();
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        ByteBuf bytes = (ByteBuf) message;
        ByteBuf before = held;
        held = before == null ? bytes : ByteToMessageDecoder.MERGE_CUMULATOR.cumulate(context.alloc(), before, bytes);
        if (decided || !held.isReadable()) {
            return;
        }
        decided = true;
        if (held.getByte(held.readerIndex()) == TLS_HANDSHAKE) {
            waitedSince = System.nanoTime();
            startTls(context);
        } else if (plainAllowed) {
            go(context, false);
        } else {
            metrics.refused("TLS_REQUIRED");
            Closing.close(context);
        }
    }

    private void startTls(ChannelHandlerContext context) {
        if (!context.channel().isActive()) {
            return;
        }
        Optional<SslHandler> handler = tls.open(http);
        if (handler.isPresent()) {
            context.pipeline().addLast("tls", handler.get());
            go(context, true);
        } else if (System.nanoTime() - waitedSince < limits.patience().toNanos()) {
            var unused = context.executor().schedule(() -> startTls(context), PAUSE.toMillis(), TimeUnit.MILLISECONDS);
        } else {
            metrics.refused("NO_CERTIFICATE");
            Closing.close(context);
        }
    }

    private void go(ChannelHandlerContext context, boolean secure) {
        ByteBuf first = held;
        held = null;
        if (first != null) {
            next.start(context.channel(), secure, first);
        }
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext context) {
        if (!decided) {
            context.read();
        }
        context.fireChannelReadComplete();
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) {
        if (event instanceof ChannelInputShutdownEvent) {
            Closing.close(context); // gone before it said what it wants
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        handlerRemoved(context);
        context.fireChannelInactive();
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext context) {
        if (timer != null) {
            timer.stop();
        }
        ByteBuf rest = held;
        held = null;
        if (rest != null) {
            rest.release();
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        Closing.close(context); // a connection that breaks before its first byte has nobody to tell
    }
}
