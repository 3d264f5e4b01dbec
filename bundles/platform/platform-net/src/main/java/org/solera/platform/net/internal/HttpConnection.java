// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.net.internal;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.EventLoop;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.handler.codec.ByteToMessageDecoder;
import io.netty.handler.codec.http.EmptyHttpHeaders;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.ssl.SslCloseCompletionEvent;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One HTTP/1.1 connection: reads heads, feeds bodies to the handlers, writes answers in order, and watches that the peer
 * moves. It reads from the socket only when somebody needs bytes, so what waits in memory is bounded.
 *
 * <p>Confined to the event loop of its channel but for what says otherwise.
 */
final class HttpConnection extends ChannelInboundHandlerAdapter {
    static final String NAME = "http";

    private static final Logger log = LoggerFactory.getLogger(HttpConnection.class);

    /**
     * Between requests or in the head of one; a request is with its handler or waits for one; the answer is sent and the
     * rest of the body is skipped; nothing more is read or served.
     */
    private enum Phase {
        HEAD,
        SERVING,
        SKIPPING,
        CLOSED
    }

    private final HttpService service;
    private final Channel channel;
    private final InetSocketAddress remote;
    private final boolean secure;
    private final HeadParser parser;
    private final SocketTimer readTimer;
    private final Outbox outbox;
    private Phase phase = Phase.HEAD;
    private @Nullable ByteBuf received;
    private @Nullable Exchange exchange;
    private @Nullable Dispatch dispatch;
    private volatile @Nullable BodyFeed body; // of the current request
    private boolean lateHead; // the read timer runs for a head that was begun
    private boolean inputEnded;

    HttpConnection(HttpService service, Channel channel, boolean secure) {
        this.service = service;
        this.channel = channel;
        this.remote = (InetSocketAddress) channel.remoteAddress();
        this.secure = secure;
        this.parser = new HeadParser(service.limits());
        this.readTimer = new SocketTimer(channel.eventLoop(), this::readExpired);
        this.outbox = new Outbox(channel, service.metrics(), service.limits().progress(), this::stalled);
    }

    InetSocketAddress remote() {
        return remote;
    }

    boolean secure() {
        return secure;
    }

    ByteBufAllocator allocator() {
        return channel.alloc();
    }

    EventLoop loop() {
        return channel.eventLoop();
    }

    HttpService service() {
        return service;
    }

    /** {@return whether more of the body is left than the port would skip} Any thread. */
    boolean longUnread() {
        BodyFeed current = body;
        return current != null && current.longUnread();
    }

    @Override
    public void handlerAdded(ChannelHandlerContext context) {
        readTimer.in(service.limits().head().toNanos());
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext context) {
        readTimer.stop();
        outbox.stop();
        phase = Phase.CLOSED;
        proceed();
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        ByteBuf bytes = (ByteBuf) message;
        if (phase == Phase.CLOSED) {
            bytes.release();
            return;
        }
        service.metrics().received(bytes.readableBytes());
        ByteBuf before = received;
        received =
                before == null ? bytes : ByteToMessageDecoder.MERGE_CUMULATOR.cumulate(channel.alloc(), before, bytes);
        proceed();
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext context) {
        readIfHungry();
    }

    /** Does what the bytes at hand allow. */
    private void proceed() {
        Phase before;
        do {
            before = phase;
            switch (phase) {
                case HEAD -> readHead();
                case SERVING -> feed();
                case SKIPPING -> skip();
                case CLOSED -> {}
            }
        } while (phase != before);
        ByteBuf rest = received;
        if (rest != null && (phase == Phase.CLOSED || !rest.isReadable())) {
            rest.release();
            received = null;
        }
    }

    private void readIfHungry() {
        BodyFeed current = body;
        boolean hungry = switch (phase) {
            case HEAD, SKIPPING -> true;
            case SERVING -> current != null && current.hungry();
            case CLOSED -> false;
        };
        if (hungry && !inputEnded) {
            channel.read();
        }
    }

    private void readHead() {
        ByteBuf in = received;
        if (in == null || !in.isReadable()) {
            return;
        }
        HttpRequest request;
        try {
            request = parser.parse(in);
        } catch (RefusedException refusal) {
            refuse(parser.partial(), refusal);
            return;
        }
        if (request == null) {
            if (!lateHead) {
                lateHead = true;
                readTimer.in(service.limits().head().toNanos());
            }
            return;
        }
        lateHead = false;
        readTimer.off();
        begin(request);
    }

    private void begin(HttpRequest request) {
        Framing framing;
        try {
            framing = Framing.of(request, service.limits().bodyBytes());
        } catch (RefusedException refusal) {
            refuse(request, refusal);
            return;
        }
        BodyDecoder bytes = new BodyDecoder(framing, service.limits().bodyBytes());
        RequestBody reader = new RequestBody(bytes.ended(), service.limits().progress(), this::feedLater);
        Exchange begun = new Exchange(this, request, framing, reader, service.nextRequestId());
        BodyFeed feed = new BodyFeed(begun, reader, bytes);
        feed.offer(received);
        body = feed;
        exchange = begun;
        phase = Phase.SERVING;
        service.metrics().began();
        dispatch = new Dispatch(this, begun);
        dispatch.begin();
    }

    /** Answers what is no valid request, then closes. */
    private void refuse(@Nullable HttpRequest request, RefusedException refusal) {
        String id = service.nextRequestId();
        service.metrics().refused(refusal.code());
        service.metrics().answered(refusal.status(), 0);
        log.debug("Request {} of {} on port {} refused: {}", id, remote, service.port(), refusal.text());
        boolean head = request != null && request.method().name().equals("HEAD");
        ErrorAnswer answer = ErrorAnswer.of(service, request, refusal, id, EmptyHttpHeaders.INSTANCE);
        ByteBuf bytes = answer.encode(channel.alloc(), service.date(), !head);
        phase = Phase.CLOSED;
        readTimer.stop();
        outbox.write(null, bytes, sent -> LingeringClose.take(channel, this));
    }

    /** The reader of the body has room. Any thread. */
    private void feedLater() {
        execute(() -> {
            proceed();
            readIfHungry();
        });
    }

    private void feed() {
        BodyFeed current = body;
        if (current == null) {
            return;
        }
        if (current.feed(received)) {
            outbox.sayContinue();
        }
        if (inputEnded) {
            current.inputEnded();
        }
    }

    /** Hands buffers, and their ownership, to the event loop. Any thread. */
    void submit(Exchange of, @Nullable ByteBuf head, @Nullable ByteBuf data, int bytes, boolean last)
            throws IOException {
        boolean taken = execute(() -> write(of, head, data, bytes, last));
        if (!taken) {
            Exchange.release(head);
            Exchange.release(data);
            throw new IOException("The port is closing.");
        }
    }

    private void write(Exchange of, @Nullable ByteBuf head, @Nullable ByteBuf data, int bytes, boolean last) {
        ByteBuf end = data != null ? data : head != null ? head : Unpooled.EMPTY_BUFFER;
        outbox.write(data == null ? null : head, end, sent -> {
            of.window().release(bytes);
            if (!sent.isSuccess()) {
                abort(of, new IOException("The connection to the peer broke.", sent.cause()));
            } else if (last) {
                answered(of);
            }
        });
    }

    private void stalled(IOException slow) {
        if (exchange != null) {
            exchange.window().fail(slow);
        }
        Closing.close(channel);
    }

    private void answered(Exchange of) {
        if (exchange != of) {
            return;
        }
        leave(of);
        service.metrics().answered(of.status(), of.nanos());
        BodyFeed rest = java.util.Objects.requireNonNull(body);
        if (!of.keepAlive() || rest.broken() || inputEnded || service.closing()) {
            closeAfterAnswer(rest.whole());
            return;
        }
        if (rest.whole()) {
            nextHead();
        } else {
            rest.beginSkip();
            phase = Phase.SKIPPING;
            readTimer.in(service.limits().progress().toNanos());
        }
        proceed();
        readIfHungry();
    }

    private void leave(Exchange of) {
        exchange = null;
        dispatch = null;
        service.metrics().gone();
        of.over();
    }

    private void nextHead() {
        phase = Phase.HEAD;
        body = null;
        readTimer.in(service.limits().idle().toNanos());
    }

    private void closeAfterAnswer(boolean whole) {
        phase = Phase.CLOSED;
        readTimer.stop();
        boolean unread = !whole || received != null;
        proceed();
        if (unread && !inputEnded) {
            LingeringClose.take(channel, this);
        } else {
            Closing.close(channel);
        }
    }

    private void skip() {
        BodyFeed rest = java.util.Objects.requireNonNull(body);
        if (!rest.skip(received)) {
            closeAfterAnswer(false);
        } else if (rest.whole()) {
            nextHead();
        }
    }

    private void readExpired() {
        if (phase == Phase.HEAD && lateHead) {
            refuse(
                    parser.partial(),
                    new RefusedException(
                            408,
                            "HEAD_TIMEOUT",
                            "The request head did not arrive within "
                                    + service.limits().head().toMillis() + " ms. Send it at once."));
        } else if (phase != Phase.SERVING) {
            Closing.close(channel);
        }
    }

    /** Ends a connection whose answer cannot be completed. Any thread. */
    void abortLater(Exchange of, IOException reason) {
        if (!execute(() -> abort(of, reason))) {
            of.window().fail(reason);
        }
    }

    private void abort(Exchange of, IOException reason) {
        of.window().fail(reason);
        Closing.close(channel);
    }

    /** Runs a task on the event loop; {@return false if the loop has ended} Any thread. */
    boolean execute(Runnable task) {
        try {
            channel.eventLoop().execute(task);
            return true;
        } catch (RejectedExecutionException ended) {
            return false;
        }
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) {
        if (!(event instanceof ChannelInputShutdownEvent) && !(event instanceof SslCloseCompletionEvent)) {
            return;
        }
        inputEnded = true;
        proceed();
        if (phase == Phase.HEAD || phase == Phase.SKIPPING) {
            Closing.close(channel);
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        phase = Phase.CLOSED;
        inputEnded = true;
        readTimer.stop();
        outbox.stop();
        proceed();
        Exchange current = exchange;
        if (current == null) {
            return;
        }
        current.window().fail(new IOException("The peer closed the connection."));
        if (body != null) {
            body.inputEnded();
        }
        service.metrics().refused("CONNECTION_LOST");
        if (dispatch != null) {
            dispatch.cancel();
        }
        leave(current);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        log.debug("Connection of {} on port {} broke: {}", remote, service.port(), cause.toString());
        Closing.close(context);
    }
}
