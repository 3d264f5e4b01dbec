// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.net.internal;

import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.HttpResponseStatus;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.solera.platform.net.api.HttpExchange;
import org.solera.platform.net.api.HttpHandler;
import org.solera.platform.net.api.PortNames;
import org.solera.platform.net.api.PortSpec;

/** A server with one port on a free number, and a raw client. */
final class TestPort implements AutoCloseable {
    static final String NAME = "s3";

    final NetServer server;
    private long serviceId;

    TestPort(HttpLimits limits, PortSpec... specs) {
        server = new NetServer(
                new TestExecutors(),
                InetAddress.getLoopbackAddress(),
                0,
                limits,
                2,
                !Boolean.getBoolean("solera.test.nio"));
        server.apply(specs.length == 0 ? List.of(new PortSpec(NAME, 0, PortSpec.Kind.HTTP, false)) : List.of(specs));
    }

    TestPort() {
        this(limits());
    }

    /** {@return small limits of number, generous ones of time} */
    static HttpLimits limits() {
        return limits(Duration.ofSeconds(20));
    }

    /** {@return limits with so much time for heads, handshakes and progress} */
    static HttpLimits limits(Duration slow) {
        return new HttpLimits(
                16_384,
                32_768,
                100,
                slow,
                slow,
                Duration.ofSeconds(5),
                Duration.ofSeconds(3),
                64,
                40,
                16,
                16,
                1L << 40);
    }

    Map<String, Object> properties(long bundle, String port, String prefix) {
        return Map.of(
                PortNames.PORT_NAME,
                port,
                PortNames.PATH_PREFIX,
                prefix,
                "service.bundleid",
                bundle,
                "service.id",
                ++serviceId);
    }

    void serve(long bundle, String prefix, HttpHandler handler) {
        server.http().bind(handler, properties(bundle, NAME, prefix), "bundle/" + bundle);
    }

    void serve(HttpHandler handler) {
        serve(1, "/", handler);
    }

    static void text(HttpExchange exchange, String text) throws IOException {
        exchange.respond(
                HttpResponseStatus.OK, new DefaultHttpHeaders(), Unpooled.copiedBuffer(text, StandardCharsets.UTF_8));
    }

    InetSocketAddress address() {
        return address(NAME);
    }

    InetSocketAddress address(String name) {
        return server.address(name).orElseThrow();
    }

    Socket connect() throws IOException {
        Socket socket = new Socket();
        socket.connect(address());
        socket.setSoTimeout(10_000);
        return socket;
    }

    /** Sends bytes on a connection of its own; {@return everything until the port closes it} */
    String talk(String request) throws IOException {
        try (Socket socket = connect()) {
            send(socket, request);
            return all(socket);
        }
    }

    static void send(Socket socket, String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
        socket.getOutputStream().flush();
    }

    static String all(Socket socket) throws IOException {
        return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
    }

    /** {@return one answer with Content-Length: head and body} */
    static String answer(Socket socket) throws IOException {
        String head = head(socket);
        int at = head.toLowerCase(java.util.Locale.ROOT).indexOf("content-length: ");
        int length = at < 0 ? 0 : Integer.parseInt(head.substring(at + 16, head.indexOf('\r', at)));
        return head + new String(socket.getInputStream().readNBytes(length), StandardCharsets.ISO_8859_1);
    }

    static String head(Socket socket) throws IOException {
        InputStream in = socket.getInputStream();
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        while (!head.toString(StandardCharsets.ISO_8859_1).endsWith("\r\n\r\n")) {
            int value = in.read();
            if (value < 0) {
                throw new IOException("closed after: " + head.toString(StandardCharsets.ISO_8859_1));
            }
            head.write(value);
        }
        return head.toString(StandardCharsets.ISO_8859_1);
    }

    static String get(String path) {
        return "GET " + path + " HTTP/1.1\r\nHost: box\r\n\r\n";
    }

    static String last(String path) {
        return "GET " + path + " HTTP/1.1\r\nHost: box\r\nConnection: close\r\n\r\n";
    }

    @Override
    public void close() {
        server.close();
    }
}
