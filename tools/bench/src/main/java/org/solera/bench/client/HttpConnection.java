// SPDX-License-Identifier: Apache-2.0
package org.solera.bench.client;

import java.io.BufferedOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import javax.net.ssl.SSLSocketFactory;
import org.jspecify.annotations.Nullable;

/**
 * HTTP/1.1 over one socket that is kept open. Never sends a request twice: the client of the JDK repeats some requests
 * on its own when a kept connection was closed, which would hide lost requests. A new socket is opened only for the
 * first request, after a failure, and after an answer that announced {@code Connection: close}. Confined to one thread.
 */
public final class HttpConnection implements Closeable {
    private static final SSLSocketFactory TLS = TrustingTls.sockets();

    private final String host;
    private final int port;
    private final boolean tls;
    private final int timeoutMillis;

    private @Nullable Socket socket;
    private HttpReplyReader in = new HttpReplyReader(InputStream.nullInputStream());
    private OutputStream out = OutputStream.nullOutputStream();

    /** @param timeout longest wait for a connection, and for each read */
    public HttpConnection(String host, int port, boolean tls, Duration timeout) {
        this.host = host;
        this.port = port;
        this.tls = tls;
        this.timeoutMillis = Math.toIntExact(timeout.toMillis());
    }

    /** {@return host and port as the {@code Host} header says them} */
    public String authority() {
        return host + ":" + port;
    }

    /**
     * Sends one request and reads the whole answer.
     *
     * @param target path and query, already encoded
     * @param headers headers beside {@code Host} and {@code Content-Length}
     * @throws IOException if no complete answer came; the request is not repeated
     */
    public HttpReply exchange(String method, String target, Map<String, String> headers, byte[] body)
            throws IOException {
        boolean complete = false;
        try {
            open();
            send(method, target, headers, body);
            HttpReply reply = in.read(method);
            complete = !reply.header("connection").toLowerCase(Locale.ROOT).contains("close");
            return reply;
        } finally {
            if (!complete) {
                close();
            }
        }
    }

    private void open() throws IOException {
        if (socket != null) {
            return;
        }
        Socket plain = new Socket();
        try {
            plain.setTcpNoDelay(true);
            plain.setSoTimeout(timeoutMillis);
            plain.connect(new InetSocketAddress(host, port), timeoutMillis);
            Socket used = tls ? TLS.createSocket(plain, host, port, true) : plain;
            in = new HttpReplyReader(used.getInputStream());
            out = new BufferedOutputStream(used.getOutputStream(), 64 * 1024);
            socket = used;
        } catch (IOException e) {
            plain.close();
            throw e;
        }
    }

    private void send(String method, String target, Map<String, String> headers, byte[] body) throws IOException {
        StringBuilder head = new StringBuilder(512);
        head.append(method)
                .append(' ')
                .append(target)
                .append(" HTTP/1.1\r\nHost: ")
                .append(authority());
        headers.forEach((name, value) -> {
            if (!name.equalsIgnoreCase("host")) {
                head.append("\r\n").append(name).append(": ").append(value);
            }
        });
        if (body.length > 0 || method.equals("PUT") || method.equals("POST")) {
            head.append("\r\nContent-Length: ").append(body.length);
        }
        out.write(head.append("\r\n\r\n").toString().getBytes(StandardCharsets.UTF_8));
        out.write(body);
        out.flush();
    }

    @Override
    public void close() throws IOException {
        Socket open = socket;
        socket = null;
        if (open != null) {
            open.close();
        }
    }
}
