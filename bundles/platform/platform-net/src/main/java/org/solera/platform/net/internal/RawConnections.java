// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.net.internal;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.util.concurrent.ScheduledFuture;
import java.time.Duration;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.solera.platform.net.api.ConnectionHandler;

/**
 * Gives each connection of a port to the best {@link ConnectionHandler}, with which it stays until it is closed; waits
 * while there is none. Thread-safe; each connection is confined to its event loop.
 */
final class RawConnections {
    private static final Logger log = LoggerFactory.getLogger(RawConnections.class);

    private final String port;
    private final Duration patience;
    private final HandlerTable<ConnectionHandler> handlers;
    private final PortMetrics metrics;

    RawConnections(String port, Duration patience, HandlerTable<ConnectionHandler> handlers, PortMetrics metrics) {
        this.port = port;
        this.patience = patience;
        this.handlers = handlers;
        this.metrics = metrics;
    }

    /** Finds a handler for a connection that sent its first bytes. */
    void start(Channel channel, ByteBuf first) {
        new Start(channel, first).attempt();
    }

    private final class Start {
        private final Channel channel;
        private final ByteBuf first;
        private final Runnable waker = this::wake;
        private @Nullable ScheduledFuture<?> timer;
        private boolean done;

        Start(Channel channel, ByteBuf first) {
            this.channel = channel;
            this.first = first;
        }

        private void wake() {
            try {
                channel.eventLoop().execute(this::attempt);
            } catch (RejectedExecutionException ended) {
                log.debug("Port {} is closing; a waiting connection goes with it.", port);
            }
        }

        void attempt() {
            if (done) {
                return;
            }
            var use = handlers.find(port, "/").use();
            if (use.isPresent()) {
                finish(true);
                hand(use.get());
            } else if (!channel.isActive()) {
                finish(false);
                first.release();
            } else if (timer == null) {
                timer = channel.eventLoop().schedule(this::giveUp, patience.toMillis(), TimeUnit.MILLISECONDS);
                handlers.await(waker);
                attempt(); // a handler may have come before the waker was in place
            }
        }

        private void hand(HandlerTable.Use<ConnectionHandler> use) {
            channel.closeFuture().addListener(closed -> use.lease().close());
            try {
                use.handler().accept(channel);
            } catch (RuntimeException | LinkageError broken) {
                log.error("The handler of port {} failed to take a connection.", port, broken);
                first.release();
                Closing.close(channel);
                return;
            }
            TcpPort.feed(channel, first);
            channel.config().setAutoRead(true);
        }

        private void giveUp() {
            if (!done) {
                finish(false);
                metrics.refused("NO_HANDLER");
                first.release();
                Closing.close(channel);
            }
        }

        private void finish(boolean served) {
            done = true;
            ScheduledFuture<?> running = timer;
            if (running != null) {
                running.cancel(false);
                handlers.forget(waker);
                metrics.waited(served);
            }
        }
    }
}
