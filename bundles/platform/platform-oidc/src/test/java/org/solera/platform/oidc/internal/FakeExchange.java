// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.oidc.internal;

import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.http.DefaultHttpHeaders;
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
import java.util.List;
import org.solera.platform.net.api.HttpExchange;

/** A request as the port gives it, and what was answered. */
final class FakeExchange implements HttpExchange {
    private final HttpRequest request;
    private HttpHeaders headers = new DefaultHttpHeaders();
    private int status;

    FakeExchange(String method, String target, String... cookies) {
        request = new DefaultHttpRequest(HttpVersion.HTTP_1_1, HttpMethod.valueOf(method), target);
        request.headers().set("Host", "box.example.org:8443").set("User-Agent", "Test/1.0");
        if (cookies.length > 0) {
            request.headers().set("Cookie", String.join("; ", cookies));
        }
    }

    FakeExchange with(String name, String value) {
        request.headers().set(name, value);
        return this;
    }

    int status() {
        return status;
    }

    String location() {
        return headers.get("Location", "");
    }

    /** {@return the cookies that were set, with their attributes} */
    List<String> cookies() {
        return headers.getAll("Set-Cookie");
    }

    /** {@return name and value of a cookie that was set} */
    String cookie(String name) {
        return cookies().stream()
                .filter(each -> each.startsWith(name + "="))
                .map(each -> each.split(";", 2)[0])
                .findFirst()
                .orElse("");
    }

    HttpHeaders headers() {
        return headers;
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
        return "request-1";
    }

    @Override
    public InputStream body() {
        return InputStream.nullInputStream();
    }

    @Override
    public void respond(HttpResponseStatus given, HttpHeaders with, ByteBuf body) {
        body.release();
        status = given.code();
        headers = with;
    }

    @Override
    public OutputStream respond(HttpResponseStatus given, HttpHeaders with) {
        throw new AssertionError("no page has a body");
    }

    @Override
    public boolean responded() {
        return status != 0;
    }
}
