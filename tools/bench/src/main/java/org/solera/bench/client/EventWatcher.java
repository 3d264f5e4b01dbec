// SPDX-License-Identifier: Apache-2.0
package org.solera.bench.client;

import java.io.BufferedReader;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** Listens to the server-sent events of the console on a thread of its own, and counts them. Thread-safe. */
public final class EventWatcher implements Closeable {
    private final Socket socket;
    private final BufferedReader in;
    private final AtomicInteger events = new AtomicInteger();
    private volatile @Nullable String failure;
    private volatile boolean closing;

    private EventWatcher(Socket socket, BufferedReader in) {
        this.socket = socket;
        this.in = in;
    }

    /**
     * Opens the stream.
     *
     * @param cookie name and value of the cookie of a session
     * @throws IOException if the stream is refused
     */
    public static EventWatcher open(String host, int port, String cookie) throws IOException {
        Socket plain = new Socket();
        plain.connect(new InetSocketAddress(host, port), 10_000);
        plain.setSoTimeout(Math.toIntExact(Duration.ofSeconds(60).toMillis()));
        Socket socket = TrustingTls.sockets().createSocket(plain, host, port, true);
        socket.getOutputStream()
                .write(("GET /api/v1/system/events HTTP/1.1\r\nHost: " + host + ":" + port
                                + "\r\nAccept: text/event-stream\r\nCookie: " + cookie + "\r\n\r\n")
                        .getBytes(StandardCharsets.UTF_8));
        BufferedReader in = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
        String status = in.readLine();
        if (status == null || !status.startsWith("HTTP/1.1 200")) {
            socket.close();
            throw new IOException("The events were refused: " + status);
        }
        EventWatcher watcher = new EventWatcher(socket, in);
        new Thread(watcher::listen, "solera-bench-watcher").start();
        return watcher;
    }

    private void listen() {
        try {
            String line = in.readLine();
            while (line != null) {
                if (line.startsWith("event:")) {
                    events.incrementAndGet();
                }
                line = in.readLine();
            }
            failure = "the stream ended";
        } catch (IOException e) {
            failure = String.valueOf(e.getMessage());
        }
    }

    /** {@return how many events have come} */
    public int events() {
        return events.get();
    }

    /** {@return why the stream ended; null while it is open} */
    public @Nullable String failure() {
        return closing ? null : failure;
    }

    @Override
    public void close() throws IOException {
        closing = true;
        socket.close();
    }
}
