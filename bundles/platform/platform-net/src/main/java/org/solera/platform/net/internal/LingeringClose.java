// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.net.internal;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.channel.socket.DuplexChannel;
import io.netty.handler.ssl.SslCloseCompletionEvent;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.ReferenceCountUtil;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * Closes a connection whose peer may still be sending. A plain close would answer those bytes with a reset, which can
 * destroy the last answer before the peer has read it; so this ends the sending side, then reads and drops for a moment.
 */
final class LingeringClose extends ChannelInboundHandlerAdapter {
    private static final Duration LIMIT = Duration.ofSeconds(2);

    /** Takes the place of {@code handler}; every answer must have been written. */
    static void take(Channel channel, ChannelHandler handler) {
        if (!channel.isActive()) {
            Closing.close(channel);
            return;
        }
        LingeringClose lingering = new LingeringClose();
        channel.pipeline().replace(handler, "linger", lingering);
        SslHandler tls = channel.pipeline().get(SslHandler.class);
        if (tls != null) {
            tls.closeOutbound().addListener(sent -> endOutput(channel));
        } else {
            endOutput(channel);
        }
        var limit = channel.eventLoop().schedule(() -> Closing.close(channel), LIMIT.toMillis(), TimeUnit.MILLISECONDS);
        channel.closeFuture().addListener(closed -> limit.cancel(false));
        channel.read();
    }

    private static void endOutput(Channel channel) {
        if (channel instanceof DuplexChannel duplex && !duplex.isOutputShutdown()) {
            duplex.shutdownOutput().addListener(ended -> {
                if (!ended.isSuccess() || duplex.isInputShutdown()) {
                    Closing.close(channel);
                }
            });
        } else {
            Closing.close(channel);
        }
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        ReferenceCountUtil.release(message);
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext context) {
        context.read();
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) {
        if (event instanceof ChannelInputShutdownEvent || event instanceof SslCloseCompletionEvent) {
            Closing.close(context);
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        Closing.close(context); // the peer is gone or speaks no TLS any more; nothing is left to say to it
    }
}
