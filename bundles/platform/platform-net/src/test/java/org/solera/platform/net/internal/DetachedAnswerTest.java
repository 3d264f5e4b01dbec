// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.net.internal;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.HttpResponseStatus;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.solera.platform.net.api.DetachedAnswer;
import org.solera.platform.net.api.HttpHandler;

class DetachedAnswerTest {
    private final TestPort port = new TestPort();
    private final List<DetachedAnswer> open = new CopyOnWriteArrayList<>();

    @AfterEach
    void stop() {
        port.close();
    }

    private final HttpHandler handler = exchange -> {
        if (exchange.request().uri().equals("/plain")) {
            TestPort.text(exchange, "plain");
            return;
        }
        open.add(exchange.detach(HttpResponseStatus.OK, new DefaultHttpHeaders().set("Content-Type", "text/x")));
    };

    private DetachedAnswer last() {
        await().until(() -> !open.isEmpty()); // the head may arrive before the handler goes on
        return open.get(open.size() - 1);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Test
    void goesOnAfterTheHandlerReturnedAndLeavesTheConnectionUsable() throws Exception {
        port.serve(handler);
        try (Socket socket = port.connect()) {
            TestPort.send(socket, TestPort.get("/"));
            assertTrue(TestPort.head(socket).contains("Transfer-Encoding: chunked"));
            assertTrue(last().offer(bytes("one")));
            assertEquals("3\r\none\r\n", text(socket, 8));
            assertTrue(last().offer(bytes("two and more")));
            assertEquals("c\r\ntwo and more\r\n", text(socket, 17));
            CompletableFuture<Void> ended = new CompletableFuture<>();
            last().onEnd(() -> ended.complete(null));
            last().close();
            last().close();
            assertEquals("0\r\n\r\n", text(socket, 5));
            ended.get(10, TimeUnit.SECONDS);
            assertThrows(IOException.class, () -> last().offer(bytes("late")));
            TestPort.send(socket, TestPort.get("/plain"));
            assertTrue(TestPort.answer(socket).endsWith("plain"));
        }
    }

    private static String text(Socket socket, int length) throws IOException {
        return new String(socket.getInputStream().readNBytes(length), StandardCharsets.UTF_8);
    }

    @Test
    void holdsNoThreadOfThePortNorTheHandlerBack() throws Exception {
        port.serve(handler);
        List<Socket> sockets = new ArrayList<>();
        try {
            for (int i = 0; i < 30; i++) { // the port has 16 threads
                Socket socket = port.connect();
                sockets.add(socket);
                TestPort.send(socket, TestPort.get("/"));
                TestPort.head(socket);
            }
            assertTrue(port.talk(TestPort.last("/plain")).endsWith("plain"));
            assertTrue(port.server.http().drain(1, System.nanoTime() + TimeUnit.SECONDS.toNanos(5)));
            assertTrue(last().offer(bytes("still there")), "what goes on does not end with the handler");
        } finally {
            for (Socket socket : sockets) {
                socket.close();
            }
        }
    }

    @Test
    void refusesToSendWhatThePeerDoesNotTakeAndTellsWhenThereIsRoom() throws Exception {
        port.serve(handler);
        byte[] piece = new byte[60 << 10];
        AtomicInteger room = new AtomicInteger();
        try (Socket socket = new Socket()) {
            socket.setReceiveBufferSize(4 << 10);
            socket.connect(port.address());
            TestPort.send(socket, TestPort.get("/"));
            TestPort.head(socket);
            await().until(() -> isFull(piece));
            last().onRoom(room::incrementAndGet);
            int before = room.get();
            while (room.get() == before) {
                socket.getInputStream().readNBytes(64 << 10);
            }
            assertTrue(last().offer(piece));
        }
    }

    /** Offers a good deal; {@return whether it was refused at last} The system takes megabytes by itself. */
    private boolean isFull(byte[] piece) throws IOException {
        for (int i = 0; i < 100; i++) {
            if (!last().offer(piece)) {
                return true;
            }
        }
        return false;
    }

    @Test
    void tellsThatThePeerIsGone() throws Exception {
        port.serve(handler);
        CompletableFuture<Void> ended = new CompletableFuture<>();
        try (Socket socket = port.connect()) {
            TestPort.send(socket, TestPort.get("/"));
            TestPort.head(socket);
            last().onEnd(() -> ended.complete(null));
            assertFalse(ended.isDone());
        }
        await().until(() -> {
            try {
                last().offer(bytes("anybody?"));
                return ended.isDone();
            } catch (IOException gone) {
                return ended.isDone();
            }
        });
        CompletableFuture<Void> late = new CompletableFuture<>();
        last().onEnd(() -> late.complete(null));
        assertTrue(late.isDone());
    }

    @Test
    void anOldPeerGetsTheBytesWithoutChunks() throws Exception {
        port.serve(exchange -> {
            handler.handle(exchange);
            last().offer(bytes("bare"));
            last().close();
        });
        String answer = port.talk("GET / HTTP/1.0\r\nHost: box\r\n\r\n");
        assertTrue(answer.endsWith("\r\n\r\nbare"), answer);
    }

    @Test
    void aHandlerThatFailsAfterwardsCutsTheConnection() throws Exception {
        port.serve(exchange -> {
            handler.handle(exchange);
            throw new IllegalStateException("broken");
        });
        assertFalse(port.talk(TestPort.get("/")).endsWith("0\r\n\r\n"));
    }
}
