// SPDX-License-Identifier: Apache-2.0
package org.solera.bench.client;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/** Reads HTTP/1.1 answers from a stream, strictly. Confined to one thread. */
public final class HttpReplyReader {
    private static final int MAX_LINE_BYTES = 64 * 1024;

    private final InputStream in;

    /** @param stream what the server sends */
    public HttpReplyReader(InputStream stream) {
        this.in = new BufferedInputStream(stream, 64 * 1024);
    }

    /**
     * {@return the next answer; interim ones are skipped}
     *
     * @param method the method of the request, which decides whether there is a body
     * @throws IOException if it is not complete or not HTTP/1.1
     */
    public HttpReply read(String method) throws IOException {
        while (true) {
            int status = status(line());
            Map<String, String> headers = headers();
            if (status == 100) {
                continue;
            }
            return new HttpReply(status, headers, body(method, status, headers));
        }
    }

    private static int status(String line) throws IOException {
        String[] words = line.split(" ", 3);
        if (words.length < 2 || !words[0].startsWith("HTTP/1.") || words[1].length() != 3) {
            throw new IOException("This is no HTTP answer: " + line);
        }
        try {
            return Integer.parseInt(words[1]);
        } catch (NumberFormatException e) {
            throw new IOException("This is no HTTP answer: " + line, e);
        }
    }

    private Map<String, String> headers() throws IOException {
        Map<String, String> headers = new HashMap<>();
        for (String line = line(); !line.isEmpty(); line = line()) {
            int colon = line.indexOf(':');
            if (colon < 1) {
                throw new IOException("This is no header: " + line);
            }
            headers.put(
                    line.substring(0, colon).toLowerCase(Locale.ROOT),
                    line.substring(colon + 1).strip());
        }
        return headers;
    }

    private byte[] body(String method, int status, Map<String, String> headers) throws IOException {
        if (method.equals("HEAD") || status == 204 || status == 304) {
            return new byte[0];
        }
        if (headers.getOrDefault("transfer-encoding", "")
                .toLowerCase(Locale.ROOT)
                .contains("chunked")) {
            return chunks();
        }
        String length = headers.get("content-length");
        if (length == null) {
            headers.put("connection", "close");
            return in.readAllBytes();
        }
        return exactly(Integer.parseInt(length));
    }

    private byte[] chunks() throws IOException {
        ByteArrayOutputStream whole = new ByteArrayOutputStream();
        while (true) {
            int size = Integer.parseInt(line().split(";", 2)[0].strip(), 16);
            if (size == 0) {
                String trailer = line();
                while (!trailer.isEmpty()) {
                    trailer = line();
                }
                return whole.toByteArray();
            }
            whole.write(exactly(size));
            if (!line().isEmpty()) {
                throw new IOException("A chunk is longer than it said");
            }
        }
    }

    private byte[] exactly(int length) throws IOException {
        byte[] bytes = in.readNBytes(length);
        if (bytes.length < length) {
            throw new EOFException("The answer ended after " + bytes.length + " of " + length + " bytes");
        }
        return bytes;
    }

    private String line() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream(80);
        while (true) {
            int next = in.read();
            if (next < 0) {
                throw new EOFException("The connection was closed before an answer was complete");
            }
            if (next == '\n') {
                return line.toString(StandardCharsets.ISO_8859_1).stripTrailing();
            }
            if (line.size() >= MAX_LINE_BYTES) {
                throw new IOException("A line of the answer is longer than " + MAX_LINE_BYTES + " bytes");
            }
            line.write(next);
        }
    }
}
