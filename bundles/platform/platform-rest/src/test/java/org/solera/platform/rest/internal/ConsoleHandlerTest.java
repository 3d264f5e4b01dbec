// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.rest.internal;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.SequenceInputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class ConsoleHandlerTest {
    private final Forwarding forwarding = new Forwarding();
    private final AtomicReference<Headers> seen = new AtomicReference<>();
    private final AtomicReference<String> path = new AtomicReference<>();
    private final AtomicReference<byte[]> received = new AtomicReference<>();
    private HttpServer server;
    private ConsoleHandler handler;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            seen.set(exchange.getRequestHeaders());
            path.set(exchange.getRequestURI().toString());
            byte[] body = exchange.getRequestBody().readAllBytes();
            received.set(body);
            String base = "http://127.0.0.1:" + server.getAddress().getPort();
            exchange.getResponseHeaders().set("Location", base + "/r7.3/api/v1/test/new");
            exchange.getResponseHeaders().set("Keep-Alive", "timeout=5");
            exchange.getResponseHeaders().set("ETag", "abc");
            if (path.get().endsWith("/none")) {
                exchange.sendResponseHeaders(204, -1);
            } else {
                exchange.sendResponseHeaders(
                        path.get().endsWith("/chunked") ? 200 : 201, path.get().endsWith("/chunked") ? 0 : body.length);
                try (OutputStream out = exchange.getResponseBody()) {
                    out.write(body);
                }
            }
            exchange.close();
        });
        server.start();
        handler = handler(server.getAddress().getPort());
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    private ConsoleHandler handler(int port) {
        return new ConsoleHandler(
                new UpstreamPool(new InetSocketAddress("127.0.0.1", port), Duration.ofSeconds(20)),
                "/r7.3",
                forwarding);
    }

    private static byte[] random(int size) {
        byte[] bytes = new byte[size];
        new Random(7).nextBytes(bytes);
        return bytes;
    }

    private static FakeExchange get(String target) {
        return new FakeExchange("GET", target, InputStream.nullInputStream());
    }

    @Test
    void aBodyOfKnownLengthGoesThereAndBackUnchanged() throws IOException {
        byte[] body = random(3_000_000);
        FakeExchange exchange = new FakeExchange("PUT", "/api/v1/test/x?a=b%20c", new ByteArrayInputStream(body))
                .with("Content-Length", Integer.toString(body.length));
        handler.handle(exchange);
        assertEquals("/r7.3/api/v1/test/x?a=b%20c", path.get());
        assertArrayEquals(body, received.get());
        assertArrayEquals(body, exchange.answer.toByteArray());
        assertEquals(201, exchange.status.code());
        assertEquals(Integer.toString(body.length), exchange.headers.get("Content-Length"));
        assertTrue(exchange.flushes > 10, "it is passed on in parts");
        assertEquals(0, handler.requests().count());
    }

    @Test
    void aChunkedBodyGoesThereAndBackUnchanged() throws IOException {
        byte[] body = random(200_000);
        FakeExchange exchange = new FakeExchange("POST", "/api/v1/test/chunked", new ByteArrayInputStream(body))
                .with("Transfer-Encoding", "chunked");
        handler.handle(exchange);
        assertArrayEquals(body, received.get());
        assertArrayEquals(body, exchange.answer.toByteArray());
        assertNull(exchange.headers.get("Content-Length"));
        assertNull(exchange.headers.get("Transfer-Encoding"));
    }

    @Test
    @Timeout(20)
    void aBodyThatTheClientBreaksOffDoesNotKeepTheContainerWaiting() {
        InputStream broken = new SequenceInputStream(new ByteArrayInputStream(random(100_000)), new InputStream() {
            @Override
            public int read() throws IOException {
                throw new IOException("bad chunk");
            }
        });
        FakeExchange exchange = new FakeExchange("PUT", "/api/v1/test/x", broken).with("Transfer-Encoding", "chunked");
        IOException told = assertThrows(IOException.class, () -> handler.handle(exchange));
        assertEquals("bad chunk", told.getMessage(), "the port answers for the failure of the client");
        assertNull(exchange.status);
        assertEquals(0, handler.requests().count());
    }

    @Test
    void headersOfTheConnectionStayAndThoseOfThePortCannotBeForged() throws IOException {
        FakeExchange exchange = get("/api/v1/test/x")
                .with("Host", "box:8443")
                .with("Connection", "keep-alive")
                .with("X-Forwarded-For", "203.0.113.9")
                .with(Forwarding.SECRET, "guess")
                .with("Authorization", "Basic YTpi");
        handler.handle(exchange);
        assertEquals(forwarding.secret(), seen.get().getFirst(Forwarding.SECRET));
        assertEquals(1, seen.get().get(Forwarding.SECRET).size());
        assertEquals("127.0.0.1", seen.get().getFirst("X-Forwarded-For"));
        assertEquals("https", seen.get().getFirst("X-Forwarded-Proto"));
        assertEquals("box:8443", seen.get().getFirst("X-Forwarded-Host"));
        assertEquals("req-1", seen.get().getFirst("X-Reqid"));
        assertEquals("Basic YTpi", seen.get().getFirst("Authorization"));
        assertNull(seen.get().getFirst("Connection"), "the connection to the container is kept");
        assertEquals("/api/v1/test/new", exchange.headers.get("Location"));
        assertEquals("abc", exchange.headers.get("ETag"));
        assertNull(exchange.headers.get("Keep-Alive"));
        assertNull(exchange.headers.get("Connection"));
    }

    @Test
    void anAnswerWithoutBodyEnds() throws IOException {
        FakeExchange exchange = get("/api/v1/test/none");
        handler.handle(exchange);
        assertEquals(204, exchange.status.code());
        assertEquals("", exchange.text());
    }

    @Test
    void aContainerThatSaysNothingIsAProblemAndAnEarlyEndIsCutOff() throws IOException {
        assertEquals(502, against("").status.code());
        FakeExchange garbage = against("SSH-2.0\r\n");
        assertEquals(502, garbage.status.code());
        assertTrue(garbage.text().contains("\"requestId\":\"req-1\""));
        assertThrows(IOException.class, () -> against("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nshort"));
        assertThrows(
                IOException.class,
                () -> against("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nshort\r\n"));
        assertEquals(
                "done",
                against("HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\n\r\ndone")
                        .text());
    }

    /** Serves one connection with a fixed text. */
    private FakeExchange against(String answer) throws IOException {
        ExecutorService executor = Executors.newSingleThreadExecutor();
        try (ServerSocket listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Future<?> served = executor.submit(() -> {
                try (Socket socket = listener.accept()) {
                    byte[] head = new byte[4096];
                    int count = 0;
                    while (!new String(head, 0, count, StandardCharsets.US_ASCII).endsWith("\r\n\r\n")) {
                        count += socket.getInputStream().read(head, count, head.length - count);
                    }
                    socket.getOutputStream().write(answer.getBytes(StandardCharsets.US_ASCII));
                }
                return null;
            });
            FakeExchange exchange = get("/api/v1/test/x");
            handler(listener.getLocalPort()).handle(exchange);
            assertFalse(served.isCancelled());
            return exchange;
        } finally {
            executor.shutdownNow();
        }
    }

    @Test
    void aPageOfTheContainerBecomesAProblemOfTheSameStatus() throws IOException {
        FakeExchange refused = against("HTTP/1.1 400 Bad Request\r\nContent-Type: text/html;charset=utf-8\r\n"
                + "Content-Length: 30\r\n\r\n<html>Apache Tomcat/9.0</html>");
        assertEquals(400, refused.status.code());
        assertEquals(Problem.MEDIA_TYPE, refused.headers.get("Content-Type"));
        assertTrue(refused.text().contains("\"code\":\"INVALID_REQUEST\""), refused.text());
        assertTrue(refused.text().contains("\"nextAction\":\"Compare"), refused.text());
        assertFalse(refused.text().contains("Tomcat"), refused.text());

        FakeExchange bare = against("HTTP/1.1 431 Too Large\r\nContent-Length: 0\r\n\r\n");
        assertEquals(431, bare.status.code());
        assertTrue(bare.text().contains("HEADER_TOO_LARGE"), bare.text());

        FakeExchange own = against(
                "HTTP/1.1 404 Not Found\r\nContent-Type: application/problem+json\r\n" + "Content-Length: 2\r\n\r\n{}");
        assertEquals("{}", own.text(), "the words of an application are not replaced");
        FakeExchange page = against("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 6\r\n\r\n<html>");
        assertEquals("<html>", page.text());
    }

    @Test
    void methodsOfProxiesAndStepsUpNeverReachTheContainer() throws IOException {
        for (String method : new String[] {"TRACE", "CONNECT"}) {
            FakeExchange exchange = new FakeExchange(method, "/api/v1/test/x", InputStream.nullInputStream());
            handler.handle(exchange);
            assertEquals(405, exchange.status.code());
            assertTrue(exchange.text().contains("METHOD_NOT_ALLOWED"), exchange.text());
        }
        for (String target : new String[] {
            "/api/v1/test/../../x", "/api/v1/test/..;/x", "/api/v1/test/%2e%2E/x", "/api/v1/./x", "/api/v1/test/..", "x"
        }) {
            FakeExchange exchange = get(target);
            handler.handle(exchange);
            assertEquals(400, exchange.status.code(), target);
        }
        assertNull(seen.get());
    }

    @Test
    void oddCharactersReachTheContainerEncoded() throws IOException {
        handler.handle(get("/api/v1/test/a|b{c}%2Fd%5C..x?q=<1>|2^&r=%7C"));
        assertEquals("/r7.3/api/v1/test/a%7Cb%7Bc%7D%2Fd%5C..x?q=%3C1%3E%7C2%5E&r=%7C", path.get());
    }
}
