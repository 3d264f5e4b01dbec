// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.net.internal;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.HttpResponseStatus;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class StreamingTest {
    private static final int MIB = 64;

    private final TestPort port = new TestPort(TestPort.limits(java.time.Duration.ofMillis(2000)));

    @AfterEach
    void close() {
        port.close();
    }

    private static MessageDigest sha() throws NoSuchAlgorithmException {
        return MessageDigest.getInstance("SHA-256");
    }

    private static byte[] send(OutputStream out, long seed) throws IOException, NoSuchAlgorithmException {
        Random random = new Random(seed);
        MessageDigest hash = sha();
        byte[] piece = new byte[1 << 20];
        for (int i = 0; i < MIB; i++) {
            random.nextBytes(piece);
            hash.update(piece);
            out.write(piece);
        }
        out.flush();
        return hash.digest();
    }

    private static byte[] receive(InputStream in, long length) throws IOException, NoSuchAlgorithmException {
        MessageDigest hash = sha();
        byte[] piece = new byte[100_000];
        long left = length;
        while (left > 0) {
            int count = in.read(piece, 0, (int) Math.min(piece.length, left));
            if (count < 0) {
                throw new IOException(left + " bytes are missing");
            }
            hash.update(piece, 0, count);
            left -= count;
        }
        return hash.digest();
    }

    @Test
    void takesAndGivesLargeBodiesUnchanged() throws Exception {
        CompletableFuture<byte[]> taken = new CompletableFuture<>();
        CompletableFuture<byte[]> given = new CompletableFuture<>();
        port.serve(exchange -> {
            try {
                taken.complete(receive(exchange.body(), (long) MIB << 20));
                try (OutputStream out = exchange.respond(
                        HttpResponseStatus.OK,
                        new DefaultHttpHeaders().set("Content-Length", String.valueOf((long) MIB << 20)))) {
                    given.complete(send(out, 2));
                }
            } catch (NoSuchAlgorithmException impossible) {
                throw new IOException(impossible);
            }
        });
        try (Socket socket = port.connect()) {
            TestPort.send(socket, "PUT / HTTP/1.1\r\nHost: b\r\nContent-Length: " + ((long) MIB << 20) + "\r\n\r\n");
            assertArrayEquals(send(socket.getOutputStream(), 1), taken.get(10, TimeUnit.SECONDS));
            TestPort.head(socket);
            byte[] got = receive(socket.getInputStream(), (long) MIB << 20);
            assertArrayEquals(got, given.get(10, TimeUnit.SECONDS));
        }
    }

    @Test
    void holdsBackAPeerWhoseHandlerDoesNotRead() throws Exception {
        CompletableFuture<Void> go = new CompletableFuture<>();
        port.serve(exchange -> {
            exchange.body().read();
            await(go);
            TestPort.text(exchange, String.valueOf(1 + exchange.body().readAllBytes().length));
        });
        try (Socket socket = port.connect()) {
            socket.setSendBufferSize(64 << 10);
            TestPort.send(socket, "PUT / HTTP/1.1\r\nHost: b\r\nContent-Length: " + ((long) MIB << 20) + "\r\n\r\n");
            CompletableFuture<Void> sent = CompletableFuture.runAsync(() -> {
                try {
                    socket.getOutputStream().write(new byte[MIB << 20]);
                } catch (IOException failed) {
                    throw new IllegalStateException(failed);
                }
            });
            org.awaitility.Awaitility.await().during(300, TimeUnit.MILLISECONDS).until(() -> !sent.isDone());
            go.complete(null);
            assertTrue(TestPort.answer(socket).endsWith(String.valueOf(MIB << 20)));
        }
    }

    private static void await(CompletableFuture<Void> go) throws InterruptedException {
        try {
            go.get(10, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException late) {
            throw new IllegalStateException(late);
        }
    }

    @Test
    void cutsAPeerThatTakesNothingOfItsAnswer() throws Exception {
        CompletableFuture<Throwable> seen = new CompletableFuture<>();
        port.serve(exchange -> {
            byte[] piece = new byte[1 << 20];
            Arrays.fill(piece, (byte) 1);
            try (OutputStream out = exchange.respond(HttpResponseStatus.OK, new DefaultHttpHeaders())) {
                while (!seen.isDone()) {
                    out.write(piece);
                }
            } catch (IOException slow) {
                seen.complete(slow);
                throw slow;
            }
        });
        try (Socket socket = port.connect()) {
            TestPort.send(socket, TestPort.get("/"));
            Throwable failure = seen.get(10, TimeUnit.SECONDS);
            assertTrue(String.valueOf(failure.getMessage()).contains("took nothing"), failure.toString());
        }
    }
}
