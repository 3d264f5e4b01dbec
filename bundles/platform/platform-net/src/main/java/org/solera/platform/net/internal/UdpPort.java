// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.net.internal;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.socket.DatagramPacket;
import java.net.InetSocketAddress;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.solera.platform.net.api.DatagramHandler;

/** One datagram socket; each datagram goes to the best {@link DatagramHandler}, or is dropped while there is none. */
final class UdpPort implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(UdpPort.class);

    private final String port;
    private final HandlerTable<DatagramHandler> handlers;
    private final PortMetrics metrics;
    private final ChannelFuture bound;

    /** Begins to bind; see {@link #bound}. */
    UdpPort(
            Transport transport,
            InetSocketAddress address,
            String port,
            HandlerTable<DatagramHandler> handlers,
            PortMetrics metrics) {
        this.port = port;
        this.handlers = handlers;
        this.metrics = metrics;
        this.bound = new Bootstrap()
                .group(transport.loops())
                .channel(transport.mechanism().datagram())
                .handler(new Receiver())
                .bind(address);
    }

    ChannelFuture bound() {
        return bound;
    }

    @Override
    public void close() {
        bound.channel().close().awaitUninterruptibly();
    }

    private final class Receiver extends SimpleChannelInboundHandler<DatagramPacket> {
        @Override
        protected void channelRead0(ChannelHandlerContext context, DatagramPacket packet) {
            metrics.received(packet.content().readableBytes());
            var use = handlers.find(port, "/").use();
            if (use.isEmpty()) {
                metrics.refused("NO_HANDLER");
                return;
            }
            try {
                use.get().handler().receive(context.channel(), packet);
            } finally {
                use.get().lease().close();
            }
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            metrics.refused("HANDLER_FAILED");
            log.error("A datagram of port {} could not be handled.", port, cause);
        }
    }
}
