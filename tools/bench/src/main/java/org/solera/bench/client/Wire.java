// SPDX-License-Identifier: Apache-2.0
package org.solera.bench.client;

import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import javax.net.ssl.SSLException;

/** A socket on which anything can be said, right or wrong. Confined to one thread. */
public final class Wire implements Closeable {
    /** The answer when the server closed the connection without a word. */
    public static final HttpReply CLOSED = new HttpReply(0, Map.of(), new byte[0]);

    private static final int MOMENT_MILLIS = 20;

    private final Socket plain;
    private final Socket socket;
    private final OutputStream out;
    private final BufferedInputStream in;

    /** Connects; {@code timeout} is the longest wait for each read. */
    public Wire(String host, int port, boolean tls, Duration timeout) throws IOException {
        plain = new Socket();
        boolean connected = false;
        try {
            int millis = Math.toIntExact(timeout.toMillis());
            plain.setTcpNoDelay(true);
            plain.setSoTimeout(millis);
            plain.connect(new InetSocketAddress(host, port), millis);
            socket = tls ? TrustingTls.sockets().createSocket(plain, host, port, true) : plain;
            out = socket.getOutputStream();
            in = new BufferedInputStream(socket.getInputStream());
            connected = true;
        } finally {
            if (!connected) {
                plain.close();
            }
        }
    }

    /** Sends bytes; {@return whether they went out} A server that closed may have left an answer to read. */
    public boolean send(byte[] bytes) {
        try {
            out.write(bytes);
            out.flush();
            return true;
        } catch (IOException e) {
            // The server may close whenever it has seen enough of a malformed request.
            return false;
        }
    }

    /** Sends text as ISO 8859-1, one byte for each character; {@return whether it went out} */
    public boolean send(String text) {
        return send(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    /** {@return whether the server sent something or closed, without waiting more than a moment} */
    public boolean readable() throws IOException {
        int timeout = plain.getSoTimeout();
        plain.setSoTimeout(MOMENT_MILLIS);
        try {
            in.mark(1);
            if (in.read() >= 0) {
                in.reset();
            }
            return true;
        } catch (SocketTimeoutException e) {
            return false;
        } catch (SocketException | SSLException e) {
            return true;
        } finally {
            plain.setSoTimeout(timeout);
        }
    }

    /** {@return whether what the server sends begins like an HTTP answer; waits for its first byte} */
    public boolean startsLikeHttp() throws IOException {
        try {
            in.mark(1);
            int next = in.read();
            in.reset();
            return next == 'H';
        } catch (SocketException | SSLException e) {
            return false;
        }
    }

    /** Says that nothing more will be sent. */
    public void endOutput() throws IOException {
        if (socket == plain) {
            plain.shutdownOutput();
        }
    }

    /** {@return the answer, or {@link #CLOSED}} */
    public HttpReply reply(String method) throws IOException {
        try {
            return new HttpReplyReader(in).read(method);
        } catch (EOFException | SocketException | SSLException e) {
            return CLOSED;
        }
    }

    @Override
    public void close() throws IOException {
        plain.close();
    }
}
