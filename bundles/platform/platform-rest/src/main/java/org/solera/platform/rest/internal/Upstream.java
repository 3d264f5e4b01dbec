// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.rest.internal;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A connection to the servlet container on the loopback for one HTTP/1.1 request after the other, streamed both ways on the
 * caller's thread. Confined to one thread at a time.
 */
final class Upstream implements Closeable {
    private static final Duration CONNECT = Duration.ofSeconds(2);
    private static final int HEAD_LIMIT = 64 * 1024;
    private static final int BUFFER = 16 * 1024;

    /** A header as it was sent. */
    record Header(String name, String value) {}

    /** The head of an answer. */
    record Head(int status, List<Header> headers) {
        @Nullable
        String first(String name) {
            return headers.stream()
                    .filter(header -> header.name().equalsIgnoreCase(name))
                    .map(Header::value)
                    .findFirst()
                    .orElse(null);
        }
    }

    private final SocketChannel channel;
    private final Socket socket;
    private final InputStream in;
    private final OutputStream out;
    private boolean reused;
    private boolean sent; // the whole request
    private boolean received; // the whole answer, and the container keeps the connection

    /**
     * Connects.
     *
     * @param silence the longest time that the container may say nothing
     */
    Upstream(InetSocketAddress container, Duration silence) throws IOException {
        channel = SocketChannel.open();
        socket = channel.socket(); // its streams know timeouts, those of the channel do not
        try {
            socket.setTcpNoDelay(true);
            socket.setSoTimeout((int) silence.toMillis());
            socket.connect(container, (int) CONNECT.toMillis());
            this.in = new BufferedInputStream(socket.getInputStream(), BUFFER);
            this.out = new BufferedOutputStream(socket.getOutputStream(), BUFFER);
        } catch (IOException failure) {
            channel.close();
            throw failure;
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }

    /** {@return whether another request may follow: the last one and its answer went through as a whole} */
    boolean reusable() {
        return sent && received;
    }

    /** {@return whether this connection served a request before} */
    boolean reused() {
        return reused;
    }

    /** Makes a kept connection ready; {@return whether it is open still and the container said nothing unasked} */
    boolean prepare(Duration silence) throws IOException {
        reused = true;
        sent = false;
        received = false;
        try {
            channel.configureBlocking(false);
            int heard = channel.read(ByteBuffer.allocate(1));
            channel.configureBlocking(true);
            limitSilence(silence);
            return heard == 0 && in.available() == 0;
        } catch (IOException broken) {
            return false;
        }
    }

    /**
     * Sends a whole request.
     *
     * @param length the length of the body in bytes; -1 to send it chunked, 0 when there is none
     */
    void send(String method, String target, List<Header> headers, InputStream body, long length) throws IOException {
        StringBuilder head =
                new StringBuilder(512).append(method).append(' ').append(target).append(" HTTP/1.1\r\n");
        headers.forEach(header ->
                head.append(header.name()).append(": ").append(header.value()).append("\r\n"));
        if (length > 0) {
            head.append("Content-Length: ").append(length).append("\r\n");
        } else if (length < 0) {
            head.append("Transfer-Encoding: chunked\r\n");
        } else if (!method.equals("GET") && !method.equals("HEAD")) {
            head.append("Content-Length: 0\r\n");
        }
        head.append("\r\n");
        out.write(head.toString().getBytes(StandardCharsets.ISO_8859_1));
        if (length != 0) {
            copyBody(body, length < 0);
        }
        out.flush();
        sent = true;
    }

    private void copyBody(InputStream body, boolean chunked) throws IOException {
        byte[] buffer = new byte[BUFFER];
        for (int count = body.read(buffer); count >= 0; count = body.read(buffer)) {
            if (count > 0 && chunked) {
                out.write((Integer.toHexString(count) + "\r\n").getBytes(StandardCharsets.ISO_8859_1));
            }
            out.write(buffer, 0, count);
            if (count > 0 && chunked) {
                out.write('\r');
                out.write('\n');
            }
        }
        if (chunked) {
            out.write("0\r\n\r\n".getBytes(StandardCharsets.ISO_8859_1));
        }
    }

    /** Waits no longer than this for bytes from here on. */
    void limitSilence(Duration silence) throws IOException {
        socket.setSoTimeout((int) silence.toMillis());
    }

    /** Reads the head of the answer, past interim ones. */
    Head head() throws IOException {
        Head head = oneHead();
        while (head.status() / 100 == 1) {
            head = oneHead();
        }
        return head;
    }

    private Head oneHead() throws IOException {
        String status = line();
        if (!status.startsWith("HTTP/1.1 ") || status.length() < 12) {
            throw new IOException("The container answered '%s'.".formatted(status));
        }
        int code;
        try {
            code = Integer.parseInt(status.substring(9, 12));
        } catch (NumberFormatException damaged) {
            throw new IOException("The container answered '%s'.".formatted(status), damaged);
        }
        List<Header> headers = new ArrayList<>();
        for (String line = line(); !line.isEmpty(); line = line()) {
            int colon = line.indexOf(':');
            if (colon < 1 || headers.size() > 500) {
                throw new IOException("The container sent a header that cannot be read.");
            }
            headers.add(new Header(
                    line.substring(0, colon).trim(), line.substring(colon + 1).trim()));
        }
        return new Head(code, List.copyOf(headers));
    }

    private String line() throws IOException {
        StringBuilder line = new StringBuilder(80);
        for (int next = in.read(); next != '\n'; next = in.read()) {
            if (next < 0) {
                throw new IOException("The container closed the connection.");
            }
            if (line.length() >= HEAD_LIMIT) {
                throw new IOException("The container sent a line of more than %d bytes.".formatted(HEAD_LIMIT));
            }
            line.append((char) next);
        }
        int end = line.length();
        return end > 0 && line.charAt(end - 1) == '\r' ? line.substring(0, end - 1) : line.toString();
    }

    /** There is no body after this head. */
    void noBody(Head head) {
        received = keeps(head);
    }

    private static boolean keeps(Head head) {
        String connection = head.first("Connection");
        return connection == null || !connection.equalsIgnoreCase("close");
    }

    /** Copies the body of the answer and passes each part on at once; a body that ends early is an {@link IOException}. */
    void copyTo(OutputStream client, Head head) throws IOException {
        String coding = head.first("Transfer-Encoding");
        String length = head.first("Content-Length");
        if (coding != null && coding.equalsIgnoreCase("chunked")) {
            for (long size = chunkSize(); size > 0; size = chunkSize()) {
                copyExactly(client, size);
                line();
            }
            for (String trailer = line(); !trailer.isEmpty(); trailer = line()) {
                client.flush();
            }
            received = keeps(head);
        } else if (length != null) {
            copyExactly(client, number(length, 10));
            received = keeps(head);
        } else {
            byte[] buffer = new byte[BUFFER];
            for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
                client.write(buffer, 0, count);
                client.flush();
            }
        }
    }

    private long chunkSize() throws IOException {
        String line = line();
        int extension = line.indexOf(';');
        return number((extension < 0 ? line : line.substring(0, extension)).trim(), 16);
    }

    private static long number(String text, int radix) throws IOException {
        try {
            return Long.parseUnsignedLong(text, radix);
        } catch (NumberFormatException damaged) {
            throw new IOException("The container sent the length '%s'.".formatted(text), damaged);
        }
    }

    private void copyExactly(OutputStream client, long size) throws IOException {
        byte[] buffer = new byte[BUFFER];
        long left = size;
        while (left > 0) {
            int count = in.read(buffer, 0, (int) Math.min(buffer.length, left));
            if (count < 0) {
                throw new IOException("The container ended its answer %d bytes early.".formatted(left));
            }
            client.write(buffer, 0, count);
            client.flush();
            left -= count;
        }
    }
}
