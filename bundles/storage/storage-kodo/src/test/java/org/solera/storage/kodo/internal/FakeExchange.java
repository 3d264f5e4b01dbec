// SPDX-License-Identifier: Apache-2.0
package org.solera.storage.kodo.internal;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.handler.codec.http.DefaultHttpHeaders;
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
import org.solera.platform.net.api.HttpExchange;

/** A request as the port gives it, and what was answered. */
final class FakeExchange implements HttpExchange {
    static final String HOST = "box:9101";

    private final HttpRequest request;
    private final ByteArrayOutputStream body = new ByteArrayOutputStream();
    private HttpHeaders headers = new DefaultHttpHeaders();
    private int status;
    private boolean ended;

    FakeExchange(String method, String target) {
        this.request = new DefaultHttpRequest(HttpVersion.HTTP_1_1, HttpMethod.valueOf(method), target);
        request.headers().set("Host", HOST);
    }

    static FakeExchange get(String target) {
        return new FakeExchange("GET", target);
    }

    FakeExchange with(String name, String value) {
        request.headers().set(name, value);
        return this;
    }

    int status() {
        return status;
    }

    String header(String name) {
        return String.valueOf(headers.get(name));
    }

    String text() {
        return body.toString(StandardCharsets.UTF_8);
    }

    /** {@return whether the answer was ended, so that the connection is kept} */
    boolean ended() {
        return ended;
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
        return false;
    }

    @Override
    public String requestId() {
        return "request-1";
    }

    @Override
    public InputStream body() {
        return InputStream.nullInputStream();
    }

    @Override
    public void respond(HttpResponseStatus given, HttpHeaders with, ByteBuf content) throws IOException {
        begin(given, with);
        body.write(ByteBufUtil.getBytes(content));
        content.release();
        ended = true;
    }

    @Override
    public OutputStream respond(HttpResponseStatus given, HttpHeaders with) {
        begin(given, with);
        return new OutputStream() {
            @Override
            public void write(int value) {
                body.write(value);
            }

            @Override
            public void write(byte[] bytes, int offset, int length) {
                body.write(bytes, offset, length);
            }

            @Override
            public void close() {
                ended = true;
            }
        };
    }

    private void begin(HttpResponseStatus given, HttpHeaders with) {
        if (responded()) {
            throw new AssertionError("answered twice");
        }
        status = given.code();
        headers = with;
    }

    @Override
    public boolean responded() {
        return status != 0;
    }
}
