// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.net.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.HttpResponseStatus;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.solera.platform.net.api.HttpErrorPages;
import org.solera.platform.net.api.HttpExchange;
import org.solera.platform.net.api.HttpHandler;

class HttpPortTest {
    private final TestPort port = new TestPort();

    @AfterEach
    void close() {
        port.close();
    }

    @Test
    void keepsAConnectionAndNamesEachRequest() throws IOException {
        port.serve(exchange -> TestPort.text(exchange, exchange.request().uri()));
        try (Socket socket = port.connect()) {
            TestPort.send(socket, TestPort.get("/a?x=1"));
            String first = TestPort.answer(socket);
            TestPort.send(socket, TestPort.get("/b"));
            String second = TestPort.answer(socket);
            assertTrue(first.startsWith("HTTP/1.1 200 OK\r\n") && first.endsWith("/a?x=1"), first);
            assertTrue(second.endsWith("/b"), second);
            assertTrue(first.matches("(?s).*X-Reqid: [0-9a-f]{16}\r\n.*"), first);
            assertFalse(second.contains(requestId(first)), second);
        }
    }

    private static String requestId(String answer) {
        int at = answer.indexOf("X-Reqid: ") + 9;
        return answer.substring(at, at + 16);
    }

    @Test
    void answersPipelinedRequestsInOrder() throws IOException {
        port.serve(exchange -> TestPort.text(exchange, "[" + exchange.request().uri() + "]"));
        StringBuilder requests = new StringBuilder();
        for (int i = 0; i < 50; i++) {
            requests.append(TestPort.get("/" + i));
        }
        String all = port.talk(requests + TestPort.last("/end"));
        int at = 0;
        for (int i = 0; i < 50; i++) {
            int next = all.indexOf("[/" + i + "]", at);
            assertTrue(next > at, "answer " + i);
            at = next;
        }
        assertTrue(all.endsWith("[/end]"), all);
    }

    @Test
    void asksForTheBodyOnlyWhenTheHandlerReadsIt() throws IOException {
        CountDownLatch read = new CountDownLatch(1);
        port.serve(exchange -> {
            assertTrue(read.await(5, TimeUnit.SECONDS));
            TestPort.text(exchange, new String(exchange.body().readAllBytes(), StandardCharsets.UTF_8));
        });
        try (Socket socket = port.connect()) {
            TestPort.send(socket, "PUT / HTTP/1.1\r\nHost: box\r\nContent-Length: 5\r\nExpect: 100-continue\r\n\r\n");
            socket.setSoTimeout(200);
            assertTrue(silent(socket), "nothing before the handler reads");
            socket.setSoTimeout(10_000);
            read.countDown();
            assertEquals("HTTP/1.1 100 Continue\r\n\r\n", TestPort.head(socket));
            TestPort.send(socket, "hello");
            assertTrue(TestPort.answer(socket).endsWith("hello"));
        }
    }

    private static boolean silent(Socket socket) throws IOException {
        try {
            return socket.getInputStream().read() == Integer.MIN_VALUE;
        } catch (java.net.SocketTimeoutException nothing) {
            return true;
        }
    }

    @Test
    void refusesAnExpectedBodyWithoutAskingForIt() throws IOException {
        port.serve(exchange -> exchange.respond(
                HttpResponseStatus.FORBIDDEN, new DefaultHttpHeaders(), io.netty.buffer.Unpooled.EMPTY_BUFFER));
        String all = port.talk("PUT / HTTP/1.1\r\nHost: b\r\nContent-Length: 9\r\nExpect: 100-continue\r\n\r\n");
        assertTrue(all.startsWith("HTTP/1.1 403 ") && all.contains("Connection: close\r\n"), all);
    }

    @Test
    void readsAndWritesChunks() throws IOException {
        port.serve(exchange -> {
            byte[] body = exchange.body().readAllBytes();
            try (OutputStream out = exchange.respond(HttpResponseStatus.OK, new DefaultHttpHeaders())) {
                out.write(body, 0, 4);
                out.flush();
                out.write(body, 4, body.length - 4);
            }
        });
        String all = port.talk("POST / HTTP/1.1\r\nHost: b\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n"
                + "4;name=value\r\nWiki\r\nB\r\npedia in \r\n\r\n7\r\nchunks.\r\n0\r\nTrailer: x\r\n\r\n");
        assertTrue(all.contains("Transfer-Encoding: chunked\r\n"), all);
        assertTrue(all.endsWith("\r\n\r\n00004\r\nWiki\r\n00012\r\npedia in \r\nchunks.\r\n0\r\n\r\n"), all);
    }

    @Test
    void givesAStreamedAnswerThatWasNotFlushedItsLength() throws IOException {
        port.serve(exchange -> {
            try (OutputStream out = exchange.respond(HttpResponseStatus.OK, new DefaultHttpHeaders())) {
                out.write("short".getBytes(StandardCharsets.UTF_8));
            }
        });
        assertTrue(port.talk(TestPort.last("/")).contains("Content-Length: 5\r\n"));
    }

    @Test
    void sendsNoBodyForHead() throws IOException {
        port.serve(exchange -> TestPort.text(exchange, "content"));
        String all = port.talk("HEAD / HTTP/1.1\r\nHost: b\r\nConnection: close\r\n\r\n");
        assertTrue(all.contains("Content-Length: 7\r\n") && all.endsWith("\r\n\r\n"), all);
    }

    @Test
    void endsTheConnectionOfAnOldClientAfterAStream() throws IOException {
        port.serve(exchange -> {
            try (OutputStream out = exchange.respond(HttpResponseStatus.OK, new DefaultHttpHeaders())) {
                out.write('a');
                out.flush();
                out.write('b');
            }
        });
        String all = port.talk("GET / HTTP/1.0\r\nConnection: keep-alive\r\n\r\n");
        assertTrue(all.endsWith("\r\n\r\nab") && !all.contains("chunked"), all);
    }

    @Test
    void skipsABodyThatTheHandlerLeftUnread() throws IOException {
        port.serve(exchange -> TestPort.text(exchange, exchange.request().uri()));
        String body = "x".repeat(100_000);
        String all = port.talk(
                "PUT /put HTTP/1.1\r\nHost: b\r\nContent-Length: 100000\r\n\r\n" + body + TestPort.last("/next"));
        assertTrue(all.contains("/put") && all.endsWith("/next"), all);
    }

    @Test
    void hidesWhyAHandlerFailed() throws IOException {
        port.serve(exchange -> {
            throw new IllegalStateException("secret");
        });
        String all = port.talk(TestPort.get("/"));
        assertTrue(all.startsWith("HTTP/1.1 500 ") && !all.contains("secret"), all);
        assertTrue(all.contains("request id " + requestId(all)), all);
    }

    @Test
    void cutsAnAnswerThatTheHandlerDidNotComplete() throws IOException {
        port.serve(exchange -> exchange.respond(
                        HttpResponseStatus.OK, new DefaultHttpHeaders().set("Content-Length", "10"))
                .write(new byte[3]));
        assertEquals("", port.talk(TestPort.get("/")));
    }

    @Test
    void refusesHeadersThatWouldSplitTheAnswer() throws IOException {
        port.serve(exchange -> exchange.respond(
                HttpResponseStatus.OK,
                io.netty.handler.codec.http.DefaultHttpHeadersFactory.headersFactory()
                        .withValidation(false)
                        .newHeaders()
                        .set("X-A", "b\r\nX-B: c"),
                io.netty.buffer.Unpooled.EMPTY_BUFFER));
        String all = port.talk(TestPort.get("/"));
        assertTrue(all.startsWith("HTTP/1.1 500 ") && !all.contains("X-B"), all);
    }

    @Test
    void tellsTheHandlerThatThePeerWentAwayInTheBody() throws Exception {
        CompletableFuture<Throwable> seen = new CompletableFuture<>();
        port.serve(exchange -> {
            try {
                exchange.body().readAllBytes();
                seen.complete(new AssertionError("read to the end"));
            } catch (IOException expected) {
                seen.complete(expected);
                throw expected;
            }
        });
        try (Socket socket = port.connect()) {
            TestPort.send(socket, "PUT / HTTP/1.1\r\nHost: b\r\nContent-Length: 10\r\n\r\nabc");
        }
        assertTrue(seen.get(5, TimeUnit.SECONDS) instanceof IOException);
    }

    @Test
    void answersAPeerThatEndedItsSideAfterTheRequest() throws Exception {
        port.serve(exchange -> TestPort.text(exchange, "here"));
        try (Socket socket = port.connect()) {
            TestPort.send(socket, TestPort.get("/"));
            socket.shutdownOutput();
            assertTrue(TestPort.all(socket).endsWith("here"));
        }
    }

    @Test
    void letsAHandlerWordTheErrorsOfThePort() throws IOException {
        final class Xml implements HttpHandler, HttpErrorPages {
            @Override
            public void handle(HttpExchange exchange) throws IOException {
                TestPort.text(exchange, "ok");
            }

            @Override
            public ErrorPage render(int status, String code, String message, String requestId) {
                return new ErrorPage("application/xml", "<E>" + code + "</E>");
            }
        }
        port.serve(new Xml());
        String all = port.talk("GET / HTTP/1.1\r\n\r\n");
        assertTrue(all.startsWith("HTTP/1.1 400 ") && all.endsWith("<E>INVALID_REQUEST</E>"), all);
        assertTrue(all.toLowerCase(java.util.Locale.ROOT).contains("content-type: application/xml"), all);
    }

    @Test
    void answersBusyWhenTooManyRequestsWait() throws Exception {
        CountDownLatch release = new CountDownLatch(1);
        port.serve(exchange -> {
            assertTrue(release.await(10, TimeUnit.SECONDS));
            TestPort.text(exchange, "done");
        });
        var sockets = new java.util.ArrayList<Socket>();
        try {
            for (int i = 0; i < 32; i++) { // 16 served, 16 waiting
                Socket socket = port.connect();
                sockets.add(socket);
                TestPort.send(socket, TestPort.last("/"));
            }
            Awaitility.await().until(() -> port.server.status().get(0).connections() == 32);
            String all = port.talk(TestPort.last("/"));
            assertTrue(all.startsWith("HTTP/1.1 503 ") && all.contains("etry-"), all);
            release.countDown();
            for (Socket socket : sockets) {
                assertTrue(TestPort.all(socket).endsWith("done"));
            }
        } finally {
            release.countDown();
            for (Socket socket : sockets) {
                socket.close();
            }
        }
    }

    @Test
    void refusesMoreConnectionsOfOnePeerThanAllowed() throws Exception {
        var sockets = new java.util.ArrayList<Socket>();
        try {
            for (int i = 0; i < 41; i++) {
                sockets.add(port.connect());
            }
            Socket beyond = sockets.get(40);
            assertEquals(-1, beyond.getInputStream().read());
            sockets.remove(0).close();
            port.serve(exchange -> TestPort.text(exchange, "in"));
            Awaitility.await()
                    .atMost(Duration.ofSeconds(5))
                    .untilAsserted(
                            () -> assertTrue(port.talk(TestPort.last("/")).endsWith("in")));
        } finally {
            for (Socket socket : sockets) {
                socket.close();
            }
        }
    }
}
