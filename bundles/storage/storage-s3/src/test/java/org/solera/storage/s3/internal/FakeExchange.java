// SPDX-License-Identifier: Apache-2.0
package org.solera.storage.s3.internal;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.DefaultHttpRequest;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.solera.platform.net.api.HttpExchange;

/** A request as the port gives it, and what was answered. */
final class FakeExchange implements HttpExchange {
    static final String KEY = "AKIAIOSFODNN7EXAMPLE";
    static final String SECRET = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY";
    static final String DATE = "20260301T102030Z";
    private static final String DAY = DATE.substring(0, 8);
    private static final String SCOPE = DAY + "/us-east-1/s3/aws4_request";

    private final HttpRequest request;
    private final byte[] content;
    private final ByteArrayOutputStream answer = new ByteArrayOutputStream();
    private HttpHeaders headers = new DefaultHttpHeaders();
    private int status;

    FakeExchange(String method, String target, String body) {
        this.request = new DefaultHttpRequest(HttpVersion.HTTP_1_1, HttpMethod.valueOf(method), target);
        this.content = body.getBytes(StandardCharsets.UTF_8);
        request.headers().set("Host", "box:9000").set("Content-Length", content.length);
    }

    FakeExchange with(String name, String value) {
        request.headers().set(name, value);
        return this;
    }

    /** Signs the request as clients do, written down here once more from the description of the protocol. */
    FakeExchange signed() throws Exception {
        String hash = hex(Hashes.digest("SHA-256").digest(content));
        with("x-amz-date", DATE).with("x-amz-content-sha256", hash);
        String[] parts = request.uri().split("\\?", 2);
        TreeSet<String> query = new TreeSet<>();
        if (parts.length > 1) {
            Arrays.stream(parts[1].split("&"))
                    .map(each -> each.contains("=") ? each : each + "=")
                    .forEach(query::add);
        }
        TreeMap<String, String> signed = new TreeMap<>(); // the host and all that begins with x-amz-
        for (Map.Entry<String, String> header : request.headers()) {
            String name = header.getKey().toLowerCase(Locale.ROOT);
            if (name.equals("host") || name.startsWith("x-amz-")) {
                signed.put(name, header.getValue());
            }
        }
        StringBuilder lines = new StringBuilder();
        signed.forEach(
                (name, value) -> lines.append(name).append(':').append(value).append('\n'));
        String names = String.join(";", signed.keySet());
        String canonical = String.join(
                "\n", request.method().name(), parts[0], String.join("&", query), lines.toString(), names, hash);
        String toSign = String.join(
                "\n",
                "AWS4-HMAC-SHA256",
                DATE,
                SCOPE,
                hex(Hashes.digest("SHA-256").digest(canonical.getBytes(StandardCharsets.UTF_8))));
        byte[] key = ("AWS4" + SECRET).getBytes(StandardCharsets.UTF_8);
        for (String part : SCOPE.split("/")) {
            key = hmac(key, part);
        }
        return with(
                "Authorization",
                "AWS4-HMAC-SHA256 Credential=" + KEY + "/" + SCOPE + ",SignedHeaders=" + names + ",Signature="
                        + hex(hmac(key, toSign)));
    }

    private static byte[] hmac(byte[] key, String text) throws Exception {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(key, "HmacSHA256"));
        return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }

    int status() {
        return status;
    }

    String header(String name) {
        return String.valueOf(headers.get(name));
    }

    String text() {
        return answer.toString(StandardCharsets.UTF_8);
    }

    /** {@return the content of the first element of that name in the answer} */
    String element(String name) {
        String[] behind = text().split("<" + name + ">", 2);
        return behind.length < 2 ? "" : behind[1].substring(0, behind[1].indexOf('<'));
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
        return new ByteArrayInputStream(content);
    }

    @Override
    public void respond(HttpResponseStatus given, HttpHeaders with, ByteBuf body) throws IOException {
        begin(given, with);
        answer.write(ByteBufUtil.getBytes(body));
        body.release();
    }

    @Override
    public OutputStream respond(HttpResponseStatus given, HttpHeaders with) {
        begin(given, with);
        return answer;
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
