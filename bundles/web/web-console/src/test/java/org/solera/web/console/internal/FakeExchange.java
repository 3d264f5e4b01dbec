// SPDX-License-Identifier: Apache-2.0
package org.solera.web.console.internal;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.handler.codec.http.DefaultHttpRequest;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import org.solera.platform.net.api.HttpExchange;

/** A request as the port gives it, and what was answered. */
final class FakeExchange implements HttpExchange {
    byte[] answer = {};
    HttpResponseStatus status;
    HttpHeaders headers;

    private final HttpRequest request;

    FakeExchange(String method, String target) {
        this.request = new DefaultHttpRequest(HttpVersion.HTTP_1_1, HttpMethod.valueOf(method), target);
    }

    FakeExchange with(String name, String value) {
        request.headers().add(name, value);
        return this;
    }

    String text() {
        return new String(answer, StandardCharsets.UTF_8);
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
        return InputStream.nullInputStream();
    }

    @Override
    public void respond(HttpResponseStatus given, HttpHeaders with, ByteBuf content) {
        status = given;
        headers = with;
        answer = ByteBufUtil.getBytes(content);
        content.release();
    }

    @Override
    public OutputStream respond(HttpResponseStatus given, HttpHeaders with) {
        throw new AssertionError("The console answers whole bodies.");
    }

    @Override
    public boolean responded() {
        return status != null;
    }
}
