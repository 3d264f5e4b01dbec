// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.net.internal;

import io.netty.channel.EventLoopGroup;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.DatagramChannel;
import io.netty.channel.socket.ServerSocketChannel;
import io.netty.channel.socket.nio.NioDatagramChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.util.concurrent.FastThreadLocalThread;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.solera.platform.api.NamedExecutors;

/** The event loops of all ports, on epoll where its native library is present, else on what the JDK offers. */
final class Transport implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Transport.class);
    private static final int LEAST_LOOPS = 2;
    private static final int CLOSE_MILLIS = 2_000;

    /**
     * How sockets are made.
     *
     * @param name name of the mechanism
     * @param loops makes the selector of an event loop
     * @param server type of listening sockets
     * @param datagram type of datagram sockets
     */
    record Mechanism(
            String name,
            IoHandlerFactory loops,
            Class<? extends ServerSocketChannel> server,
            Class<? extends DatagramChannel> datagram) {}

    private final Mechanism mechanism;
    private final ExecutorService threads;
    private final EventLoopGroup loops;

    Transport(NamedExecutors executors, int eventLoops, boolean preferEpoll) {
        int count = eventLoops > 0
                ? eventLoops
                : Math.max(LEAST_LOOPS, Runtime.getRuntime().availableProcessors());
        mechanism = preferEpoll ? best() : nio();
        threads = executors.open("net", "loop", count, 0);
        Executor starter = loop -> threads.execute(() -> FastThreadLocalThread.runWithFastThreadLocal(loop));
        loops = new MultiThreadIoEventLoopGroup(count, starter, mechanism.loops());
    }

    private static Mechanism best() {
        try {
            return EpollMechanism.find().orElseGet(Transport::nio);
        } catch (LinkageError absent) {
            log.debug("Epoll classes are not installed.", absent);
            return nio();
        }
    }

    private static Mechanism nio() {
        return new Mechanism("nio", NioIoHandler.newFactory(), NioServerSocketChannel.class, NioDatagramChannel.class);
    }

    Mechanism mechanism() {
        return mechanism;
    }

    EventLoopGroup loops() {
        return loops;
    }

    /** Ends the event loops; sockets that are still open are closed. */
    @Override
    public void close() {
        boolean ended = loops.shutdownGracefully(0, CLOSE_MILLIS, TimeUnit.MILLISECONDS)
                .awaitUninterruptibly(2L * CLOSE_MILLIS, TimeUnit.MILLISECONDS);
        if (!ended) {
            log.warn("The event loops did not end within {} ms.", 2 * CLOSE_MILLIS);
        }
        threads.shutdown();
    }
}
