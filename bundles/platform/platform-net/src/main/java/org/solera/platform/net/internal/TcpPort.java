// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.net.internal;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.channel.AdaptiveRecvByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import java.net.InetSocketAddress;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** One listening TCP socket and its connections. Thread-safe. */
final class TcpPort implements AutoCloseable {
    private static final int BACKLOG = 1_024;
    private static final int READ_BYTES_MOST = 128 << 10;
    private static final int READ_BYTES_FIRST = 4 << 10;
    private static final int READ_BYTES_LEAST = 1 << 10;

    /** Makes what looks at the first byte of each connection. */
    @FunctionalInterface
    interface Start {
        FirstByte firstByte();
    }

    private final Admission admission;
    private final Start start;
    private final Set<Channel> connections = ConcurrentHashMap.newKeySet();
    private final ChannelFuture bound;

    /**
     * Begins to bind; see {@link #bound}. With {@code halfClosure} a peer that ended its side still gets its answer. This is the one place where a listening TCP socket comes from: a socket that
     * the service manager holds open across a restart would be taken up here.
     */
    TcpPort(Transport transport, InetSocketAddress address, Admission admission, boolean halfClosure, Start start) {
        this.admission = admission;
        this.start = start;
        this.bound = new ServerBootstrap()
                .group(transport.loops())
                .channel(transport.mechanism().server())
                .option(ChannelOption.SO_BACKLOG, BACKLOG)
                .option(ChannelOption.SO_REUSEADDR, true)
                .childOption(ChannelOption.AUTO_READ, false)
                .childOption(ChannelOption.ALLOW_HALF_CLOSURE, halfClosure)
                .childOption(ChannelOption.TCP_NODELAY, true)
                .childOption(ChannelOption.SO_KEEPALIVE, true)
                .childOption(
                        ChannelOption.RECVBUF_ALLOCATOR,
                        new AdaptiveRecvByteBufAllocator(READ_BYTES_LEAST, READ_BYTES_FIRST, READ_BYTES_MOST))
                .childHandler(new ChannelInitializer<>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        begin(channel);
                    }
                })
                .bind(address);
    }

    private void begin(Channel channel) {
        InetSocketAddress peer = (InetSocketAddress) channel.remoteAddress();
        if (peer == null || !admission.enter(peer.getAddress())) {
            Closing.close(channel);
            return;
        }
        connections.add(channel);
        channel.closeFuture().addListener(closed -> {
            connections.remove(channel);
            admission.leave(peer.getAddress());
        });
        channel.pipeline().addLast("first", start.firstByte());
    }

    /** Puts received bytes into the pipeline, behind the first-byte handler, which goes. Event loop. */
    static void feed(Channel channel, ByteBuf first) {
        var context = channel.pipeline().context("first");
        if (context == null) {
            first.release();
            return;
        }
        context.fireChannelRead(first);
        context.fireChannelReadComplete();
        if (!context.isRemoved()) {
            channel.pipeline().remove("first");
        }
    }

    ChannelFuture bound() {
        return bound;
    }

    /** Takes no new connections. */
    void stopListening() {
        bound.channel().close().awaitUninterruptibly();
    }

    /** {@return the open connections} */
    int size() {
        return connections.size();
    }

    @Override
    public void close() {
        stopListening();
        connections.forEach(Closing::close);
    }
}
