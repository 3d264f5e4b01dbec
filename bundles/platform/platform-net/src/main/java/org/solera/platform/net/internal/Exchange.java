// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.net.internal;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.solera.platform.api.Lease;
import org.solera.platform.net.api.DetachedAnswer;
import org.solera.platform.net.api.HttpExchange;

/** One request on its way through the port. Confined to the serving thread but for what says otherwise. */
final class Exchange implements HttpExchange {
    private static final int ENDS = 2;

    private final HttpConnection connection;
    private final HttpRequest request;
    private final Framing framing;
    private final RequestBody body;
    private final String requestId;
    private final long beganNanos = System.nanoTime();
    private final Window window = new Window();
    private final AtomicInteger ends = new AtomicInteger(ENDS);
    private volatile @Nullable Lease lease;
    private volatile boolean keepAlive;
    private volatile boolean continued;
    private volatile int status;
    private volatile @Nullable RefusedException refusedBody;
    private @Nullable HttpHeaders answerHeaders;
    private @Nullable AnswerStream stream;
    private volatile @Nullable DetachedStream detached;

    Exchange(HttpConnection connection, HttpRequest request, Framing framing, RequestBody body, String requestId) {
        this.connection = connection;
        this.request = request;
        this.framing = framing;
        this.body = body;
        this.requestId = requestId;
        this.keepAlive = framing.keepAlive();
    }

    @Override
    public HttpRequest request() {
        return request;
    }

    @Override
    public InetSocketAddress remote() {
        return connection.remote();
    }

    @Override
    public boolean secure() {
        return connection.secure();
    }

    @Override
    public String requestId() {
        return requestId;
    }

    @Override
    public InputStream body() {
        return body;
    }

    @Override
    public boolean responded() {
        return status != 0;
    }

    @Override
    public void respond(HttpResponseStatus answer, HttpHeaders headers, ByteBuf content) throws IOException {
        ByteBuf owned = content;
        ByteBuf head;
        try {
            begin(answer, headers);
            boolean bodyless = AnswerHead.bodyless(request.method().name(), answer.code());
            long length = bodyless ? bodylessLength(answer.code(), headers, owned) : owned.readableBytes();
            head = head(length, true);
            if (bodyless || !owned.isReadable()) {
                owned.release();
                owned = null;
            }
        } catch (IOException failed) {
            content.release();
            throw failed;
        } catch (RuntimeException invalid) {
            status = 0; // nothing was sent: the port can still answer
            content.release();
            throw invalid;
        }
        send(head, owned, true);
    }

    private static long bodylessLength(int code, HttpHeaders headers, ByteBuf content) {
        long declared = declared(headers);
        if (code < 200 || code == 204) {
            return AnswerHead.UNFRAMED;
        }
        if (declared >= 0) {
            return declared;
        }
        return code == 304 ? AnswerHead.UNFRAMED : content.readableBytes();
    }

    @Override
    public OutputStream respond(HttpResponseStatus answer, HttpHeaders headers) throws IOException {
        begin(answer, headers);
        boolean bodyless = AnswerHead.bodyless(request.method().name(), answer.code());
        long declared = answer.code() < 200 || answer.code() == 204 ? -1 : declared(headers);
        boolean modern = request.protocolVersion().equals(HttpVersion.HTTP_1_1);
        AnswerStream opened = new AnswerStream(this, declared, modern, bodyless);
        stream = opened;
        return opened;
    }

    @Override
    public DetachedAnswer detach(HttpResponseStatus answer, HttpHeaders headers) throws IOException {
        if (AnswerHead.bodyless(request.method().name(), answer.code())) {
            throw new IllegalArgumentException("An answer without a body cannot go on.");
        }
        begin(answer, headers);
        boolean chunked = request.protocolVersion().equals(HttpVersion.HTTP_1_1);
        DetachedStream opened = new DetachedStream(this, chunked);
        detached = opened;
        send(head(chunked ? AnswerHead.CHUNKED : AnswerHead.UNFRAMED, chunked), null, false);
        return opened;
    }

    /** Hands bytes, and their ownership, to the event loop; they were admitted by the window before. */
    void submit(ByteBuf data, int bytes, boolean last) throws IOException {
        connection.submit(this, null, data, bytes, last);
    }

    private static long declared(HttpHeaders headers) {
        String text = headers.get(HttpHeaderNames.CONTENT_LENGTH);
        if (text == null) {
            return -1;
        }
        long length = Long.parseLong(text);
        if (length < 0) {
            throw new IllegalArgumentException("The answer has a Content-Length of " + length + ".");
        }
        return length;
    }

    private void begin(HttpResponseStatus answer, HttpHeaders headers) throws IOException {
        if (status != 0) {
            throw new IOException("This request was answered before.");
        }
        status = answer.code();
        answerHeaders = headers;
    }

    /**
     * Encodes the head; decides whether the connection stays open.
     *
     * @param length see {@link AnswerHead}
     * @param framed whether the peer can tell where the answer ends
     */
    ByteBuf head(long length, boolean framed) {
        HttpHeaders headers = java.util.Objects.requireNonNull(answerHeaders);
        boolean unread = framing.expectContinue() && !continued || connection.longUnread();
        keepAlive = keepAlive
                && framed
                && !unread
                && !connection.service().closing()
                && !headers.containsValue(HttpHeaderNames.CONNECTION, "close", true);
        boolean modern = request.protocolVersion().equals(HttpVersion.HTTP_1_1);
        return new AnswerHead(HttpResponseStatus.valueOf(status), headers, length, keepAlive, !modern, requestId)
                .encode(allocator(), connection.service().date());
    }

    /** Hands buffers, and their ownership, to the event loop; waits while the window is full. */
    void send(@Nullable ByteBuf head, @Nullable ByteBuf data, boolean last) throws IOException {
        int bytes = (head == null ? 0 : head.readableBytes()) + (data == null ? 0 : data.readableBytes());
        try {
            window.acquire(bytes);
        } catch (IOException gone) {
            release(head);
            release(data);
            throw gone;
        }
        connection.submit(this, head, data, bytes, last);
    }

    static void release(@Nullable ByteBuf buffer) {
        if (buffer != null) {
            buffer.release();
        }
    }

    ByteBufAllocator allocator() {
        return connection.allocator();
    }

    Framing framing() {
        return framing;
    }

    RequestBody received() {
        return body;
    }

    Window window() {
        return window;
    }

    /** {@return status of the answer, 0 when there is none} Any thread. */
    int status() {
        return status;
    }

    /** {@return whether the connection stays open after this answer} Any thread. */
    boolean keepAlive() {
        return keepAlive;
    }

    /**
     * Answers with an error of the port.
     *
     * @param extra further headers
     */
    void refuse(RefusedException refusal, HttpHeaders extra) throws IOException {
        ErrorAnswer answer = ErrorAnswer.of(connection.service(), request, refusal, requestId, extra);
        respond(answer.status(), answer.headers(), answer.content(allocator()));
    }

    /** The body is malformed. Event loop. */
    void refusedBody(RefusedException refusal) {
        refusedBody = refusal;
        closeAfterwards();
        body.fail(new IOException(refusal.text()));
    }

    /** The body will not arrive whole. Event loop. */
    void lostBody(long receivedBytes) {
        refusedBody(RefusedException.badRequest(
                "The connection ended after " + receivedBytes + " bytes of the body. Send it whole."));
    }

    /** {@return why the body could not be read, if the peer is to blame} Any thread. */
    @Nullable
    RefusedException refusedBody() {
        if (body.slow()) {
            return new RefusedException(
                    408, "BODY_TIMEOUT", "The body of the request stopped arriving. Send it without long pauses.");
        }
        return refusedBody;
    }

    /** {@return whether the connection is gone} Any thread. */
    boolean lost() {
        return window.failed();
    }

    void closeAfterwards() {
        keepAlive = false;
    }

    /** The peer was told to send the body, or began to send it. Event loop. */
    void continued() {
        continued = true;
    }

    boolean toldToContinue() {
        return continued;
    }

    long nanos() {
        return System.nanoTime() - beganNanos;
    }

    /** This request is inside a handler from now on. */
    void enter(Lease entered) {
        lease = entered;
    }

    /** The handler returned. An answer that goes on without it does not keep it. */
    void returned() {
        if (detached != null) {
            letHandlerGo();
        }
        end();
    }

    /** {@return whether the answer goes on without the handler} */
    boolean goesOn() {
        return detached != null;
    }

    private void letHandlerGo() {
        Lease entered = lease;
        lease = null;
        if (entered != null) {
            entered.close();
        }
    }

    /** The answer reached the peer or never will. Event loop. */
    void over() {
        DetachedStream going = detached;
        if (going != null) {
            going.ended();
        }
        end();
    }

    /**
     * The handler returned, or there is none; or the answer reached the socket, or there will be none. After both of
     * them nobody reads the body any more and the handler may go. Any thread.
     */
    void end() {
        if (ends.decrementAndGet() != 0) {
            return;
        }
        body.fail(new IOException("The request is over."));
        letHandlerGo();
    }

    /** {@return whether a streamed answer was begun and not completed} What it still holds is let go. */
    boolean abandoned() {
        AnswerStream begun = stream;
        if (begun == null || begun.closed()) {
            return false;
        }
        begun.letGo();
        return true;
    }
}
