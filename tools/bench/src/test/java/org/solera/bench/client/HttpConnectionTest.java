// SPDX-License-Identifier: Apache-2.0
package org.solera.bench.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class HttpConnectionTest {
    private static final byte[] NOTHING = new byte[0];

    /** Answers request after request with the next text; an empty one closes the connection instead. */
    private static final class ScriptedServer implements AutoCloseable {
        private final ServerSocket socket = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
        private final AtomicInteger requests = new AtomicInteger();
        private final AtomicInteger connections = new AtomicInteger();
        private final List<String> answers;

        ScriptedServer(String... answers) throws IOException {
            this.answers = List.of(answers);
            Thread thread = new Thread(this::serve);
            thread.setDaemon(true);
            thread.start();
        }

        private void serve() {
            try {
                while (requests.get() < answers.size()) {
                    try (Socket peer = socket.accept()) {
                        connections.incrementAndGet();
                        serve(peer);
                    }
                }
            } catch (IOException e) {
                // The test is over.
                requests.set(Integer.MAX_VALUE);
            }
        }

        private void serve(Socket peer) throws IOException {
            BufferedReader in =
                    new BufferedReader(new InputStreamReader(peer.getInputStream(), StandardCharsets.US_ASCII));
            while (true) {
                String line = in.readLine();
                if (line == null) {
                    return;
                }
                if (!line.isEmpty()) {
                    continue;
                }
                String answer = answers.get(requests.getAndIncrement());
                if (answer.isEmpty()) {
                    return;
                }
                peer.getOutputStream().write(answer.getBytes(StandardCharsets.US_ASCII));
                if (answer.contains("Connection: close")) {
                    return;
                }
            }
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }
    }

    private static HttpConnection to(ScriptedServer server) {
        return new HttpConnection("127.0.0.1", server.socket.getLocalPort(), false, Duration.ofSeconds(10));
    }

    private static String answer(String body) {
        return "HTTP/1.1 200 OK\r\nContent-Length: " + body.length() + "\r\n\r\n" + body;
    }

    @Test
    void keepsOneConnectionForManyRequests() throws IOException {
        try (ScriptedServer server = new ScriptedServer(answer("one"), answer("two"));
                HttpConnection connection = to(server)) {
            assertEquals(
                    "one", connection.exchange("GET", "/", Map.of(), NOTHING).text());
            assertEquals(
                    "two", connection.exchange("GET", "/", Map.of(), NOTHING).text());
            assertEquals(1, server.connections.get());
        }
    }

    @Test
    void doesNotRepeatARequestWhoseConnectionWasClosed() throws IOException {
        try (ScriptedServer server = new ScriptedServer(answer("one"), "", answer("never asked for"));
                HttpConnection connection = to(server)) {
            assertEquals(
                    "one", connection.exchange("GET", "/", Map.of(), NOTHING).text());
            assertThrows(IOException.class, () -> connection.exchange("GET", "/", Map.of(), NOTHING));
            assertEquals(2, server.requests.get());
        }
    }

    @Test
    void opensANewConnectionAfterAnAnnouncedClose() throws IOException {
        String last = "HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 3\r\n\r\none";
        try (ScriptedServer server = new ScriptedServer(last, answer("two"));
                HttpConnection connection = to(server)) {
            assertEquals(
                    "one", connection.exchange("GET", "/", Map.of(), NOTHING).text());
            assertEquals(
                    "two", connection.exchange("GET", "/", Map.of(), NOTHING).text());
            assertEquals(2, server.connections.get());
        }
    }

    @Test
    void readsChunks() throws IOException {
        String chunked = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n2;x=y\r\nde\r\n0\r\n\r\n";
        try (ScriptedServer server = new ScriptedServer(chunked);
                HttpConnection connection = to(server)) {
            assertEquals(
                    "abcde", connection.exchange("GET", "/", Map.of(), NOTHING).text());
        }
    }

    @Test
    void refusesABodyThatEndsEarly() throws IOException {
        String cut = "HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 10\r\n\r\nabc";
        try (ScriptedServer server = new ScriptedServer(cut);
                HttpConnection connection = to(server)) {
            assertThrows(IOException.class, () -> connection.exchange("GET", "/", Map.of(), NOTHING));
        }
    }
}
