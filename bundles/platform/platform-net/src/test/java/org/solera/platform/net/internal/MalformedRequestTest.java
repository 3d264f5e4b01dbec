// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.net.internal;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class MalformedRequestTest {
    private static final String HOST = "Host: box\r\n";
    private static TestPort port;

    @BeforeAll
    static void open() {
        port = new TestPort(TestPort.limits(java.time.Duration.ofMillis(400)));
        port.serve(exchange -> TestPort.text(
                exchange, "ok " + new String(exchange.body().readAllBytes(), StandardCharsets.ISO_8859_1)));
    }

    @AfterAll
    static void close() {
        port.close();
    }

    static Stream<Arguments> malformed() {
        return Stream.of(
                Arguments.of(400, "no version", "GET /\r\n\r\n"),
                Arguments.of(400, "two spaces", "GET  / HTTP/1.1\r\n" + HOST + "\r\n"),
                Arguments.of(400, "method with a bracket", "GE[T / HTTP/1.1\r\n" + HOST + "\r\n"),
                Arguments.of(400, "no slash", "GET index HTTP/1.1\r\n" + HOST + "\r\n"),
                Arguments.of(400, "raw byte in the target", "GET /\u00e9 HTTP/1.1\r\n" + HOST + "\r\n"),
                Arguments.of(400, "control in the target", "GET /\u0001 HTTP/1.1\r\n" + HOST + "\r\n"),
                Arguments.of(400, "bare line feed", "GET / HTTP/1.1\n" + HOST + "\n"),
                Arguments.of(400, "not HTTP", "\u0003\u0000\u0000\u0013\r\n\r\n"),
                Arguments.of(400, "lower-case protocol", "GET / http/1.1\r\n" + HOST + "\r\n"),
                Arguments.of(505, "HTTP/2.0", "GET / HTTP/2.0\r\n" + HOST + "\r\n"),
                Arguments.of(505, "HTTP/0.9", "GET / HTTP/0.9\r\n\r\n"),
                Arguments.of(405, "CONNECT", "CONNECT box:443 HTTP/1.1\r\n" + HOST + "\r\n"),
                Arguments.of(400, "no host", "GET / HTTP/1.1\r\n\r\n"),
                Arguments.of(400, "two hosts", "GET / HTTP/1.1\r\n" + HOST + HOST + "\r\n"),
                Arguments.of(400, "space before colon", "GET / HTTP/1.1\r\n" + HOST + "A : b\r\n\r\n"),
                Arguments.of(400, "no colon", "GET / HTTP/1.1\r\n" + HOST + "Ab\r\n\r\n"),
                Arguments.of(400, "no name", "GET / HTTP/1.1\r\n" + HOST + ": b\r\n\r\n"),
                Arguments.of(400, "folded header", "GET / HTTP/1.1\r\n" + HOST + "A: b\r\n c\r\n\r\n"),
                Arguments.of(400, "null in a value", "GET / HTTP/1.1\r\n" + HOST + "A: b\u0000\r\n\r\n"),
                Arguments.of(400, "carriage return in a value", "GET / HTTP/1.1\r\n" + HOST + "A: b\rc\r\n\r\n"),
                Arguments.of(414, "long line", "GET /" + "a".repeat(17_000) + " HTTP/1.1\r\n" + HOST + "\r\n"),
                Arguments.of(431, "long header", "GET / HTTP/1.1\r\n" + HOST + "A: " + "b".repeat(33_000) + "\r\n\r\n"),
                Arguments.of(431, "many headers", "GET / HTTP/1.1\r\n" + "A: b\r\n".repeat(101) + "\r\n"),
                Arguments.of(400, "both framings", put("Content-Length: 3\r\nTransfer-Encoding: chunked\r\n", "abc")),
                Arguments.of(400, "two lengths", put("Content-Length: 3\r\nContent-Length: 4\r\n", "abc")),
                Arguments.of(400, "list of lengths", put("Content-Length: 3, 4\r\n", "abc")),
                Arguments.of(400, "signed length", put("Content-Length: +3\r\n", "abc")),
                Arguments.of(400, "empty length", put("Content-Length:\r\n", "")),
                Arguments.of(413, "giant length", put("Content-Length: 9999999999999999999999\r\n", "")),
                Arguments.of(413, "too large a body", put("Content-Length: 1099511627777\r\n", "")),
                Arguments.of(501, "unknown coding", put("Transfer-Encoding: gzip\r\n", "")),
                Arguments.of(501, "chunked inside", put("Transfer-Encoding: chunked, gzip\r\n", "")),
                Arguments.of(
                        400, "chunked twice", put("Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n", "")),
                Arguments.of(400, "chunked in HTTP/1.0", "PUT / HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n"),
                Arguments.of(417, "unknown expectation", put("Expect: tea\r\n", "")),
                Arguments.of(400, "chunk size no number", chunked("xyz\r\nabc\r\n0\r\n\r\n")),
                Arguments.of(400, "negative chunk size", chunked("-3\r\nabc\r\n0\r\n\r\n")),
                Arguments.of(400, "chunk size with prefix", chunked("0x3\r\nabc\r\n0\r\n\r\n")),
                Arguments.of(400, "giant chunk size", chunked("FFFFFFFFFFFFFFFFF\r\nabc")),
                Arguments.of(413, "chunk beyond the limit", chunked("FFFFFFFFFFF\r\nabc")),
                Arguments.of(400, "chunk longer than said", chunked("2\r\nabc\r\n0\r\n\r\n")),
                Arguments.of(400, "bare line feed after a chunk size", chunked("3\nabc\r\n0\r\n\r\n")),
                Arguments.of(400, "endless chunk extension", chunked("3;" + "x".repeat(2_000) + "\r\nabc")),
                Arguments.of(400, "endless trailer", chunked("0\r\nA: " + "x".repeat(9_000) + "\r\n\r\n")),
                Arguments.of(408, "body that stops", put("Content-Length: 10\r\n", "abc")),
                Arguments.of(408, "head that stops", "GET / HTTP/1.1\r\nHost: b"));
    }

    private static String put(String headers, String body) {
        return "PUT / HTTP/1.1\r\n" + HOST + headers + "\r\n" + body;
    }

    private static String chunked(String body) {
        return put("Transfer-Encoding: chunked\r\n", body);
    }

    @ParameterizedTest(name = "{1}: {0}")
    @MethodSource("malformed")
    void answersMalformedRequestsWithTheirStatusAndCloses(int status, String what, String request) throws IOException {
        String all = port.talk(request);
        assertTrue(all.startsWith("HTTP/1.1 " + status + " "), what + " got " + all);
        assertTrue(all.contains("Connection: close\r\n") && all.contains("X-Reqid: "), all);
        String text = all.substring(all.indexOf("\r\n\r\n") + 4);
        assertTrue(text.matches("(?s)[A-Z].*\\. [A-Z].*\\.\n"), "cause and next action, not: " + text);
        assertTrue(port.talk(TestPort.last("/")).endsWith("ok "), "the port serves on");
    }

    @Test
    void cutsAHeadThatTricklesInSlowerThanTheLimit() throws IOException {
        try (Socket socket = port.connect()) {
            TestPort.send(socket, "GET / HTTP/1.1\r\n");
            socket.setSoTimeout(50);
            StringBuilder got = new StringBuilder();
            for (int i = 0; i < 100 && got.isEmpty(); i++) { // a header every 50 ms; the limit is 400 ms in all
                TestPort.send(socket, "A" + i + ": b\r\n");
                try {
                    int value = socket.getInputStream().read();
                    got.append((char) value);
                } catch (java.net.SocketTimeoutException waiting) {
                    continue;
                }
            }
            socket.setSoTimeout(5_000);
            assertTrue((got + TestPort.all(socket)).startsWith("HTTP/1.1 408 "));
        }
    }
}
