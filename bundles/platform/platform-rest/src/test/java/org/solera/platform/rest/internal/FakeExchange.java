// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.rest.internal;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.handler.codec.http.DefaultHttpRequest;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.solera.platform.net.api.DetachedAnswer;
import org.solera.platform.net.api.HttpExchange;

/** A request as the port gives it, and what was answered. */
final class FakeExchange implements HttpExchange {
    final ByteArrayOutputStream answer = new ByteArrayOutputStream();
    int flushes;
    HttpResponseStatus status;
    HttpHeaders headers;
    boolean full; // the peer takes nothing
    boolean closed;
    final List<Runnable> room = new ArrayList<>();

    private final List<Runnable> ends = new ArrayList<>();
    private final HttpRequest request;
    private final InputStream body;

    FakeExchange(String method, String target, InputStream body) {
        this.request = new DefaultHttpRequest(HttpVersion.HTTP_1_1, HttpMethod.valueOf(method), target);
        this.body = body;
    }

    FakeExchange with(String name, String value) {
        request.headers().add(name, value);
        return this;
    }

    String text() {
        return answer.toString(StandardCharsets.UTF_8);
    }

    @Override
    public HttpRequest request() {
        return request;
    }

    @Override
    public InetSocketAddress remote() {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), 40_000);
    }

    @Override
    public boolean secure() {
        return true;
    }

    @Override
    public String requestId() {
        return "req-1";
    }

    @Override
    public InputStream body() {
        return body;
    }

    @Override
    public void respond(HttpResponseStatus given, HttpHeaders with, ByteBuf content) throws IOException {
        status = given;
        headers = with;
        answer.write(ByteBufUtil.getBytes(content));
        content.release();
    }

    @Override
    public OutputStream respond(HttpResponseStatus given, HttpHeaders with) {
        status = given;
        headers = with;
        return new OutputStream() {
            @Override
            public void write(int value) {
                answer.write(value);
            }

            @Override
            public void write(byte[] bytes, int offset, int length) {
                answer.write(bytes, offset, length);
            }

            @Override
            public void flush() {
                flushes++;
            }
        };
    }

    @Override
    public DetachedAnswer detach(HttpResponseStatus given, HttpHeaders with) {
        status = given;
        headers = with;
        return new DetachedAnswer() {
            @Override
            public boolean offer(byte[] content) throws IOException {
                if (!full) {
                    answer.write(content);
                }
                return !full;
            }

            @Override
            public void onRoom(Runnable task) {
                room.add(task);
            }

            @Override
            public void onEnd(Runnable task) {
                ends.add(task);
            }

            @Override
            public void close() {
                if (!closed) {
                    closed = true;
                    ends.forEach(Runnable::run);
                }
            }
        };
    }

    @Override
    public boolean responded() {
        return status != null;
    }
}
