// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.net.internal;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpResponseStatus;
import java.util.Iterator;
import java.util.Map;
import java.util.Set;

/**
 * Writes the head of an answer. What frames the message belongs to the port: such headers of a handler are left out.
 *
 * @param status status of the answer
 * @param headers headers of the handler
 * @param length value of {@code Content-Length}, or {@link #CHUNKED} or {@link #UNFRAMED}
 * @param keepAlive whether the connection stays open
 * @param sayKeepAlive whether the peer must be told that it does (HTTP/1.0)
 * @param requestId value of {@code X-Reqid}
 */
record AnswerHead(
        HttpResponseStatus status,
        HttpHeaders headers,
        long length,
        boolean keepAlive,
        boolean sayKeepAlive,
        String requestId) {
    /** The body is sent in chunks. */
    static final long CHUNKED = -1;

    /** No framing header: there is no body, or it ends with the connection. */
    static final long UNFRAMED = -2;

    static final String REQUEST_ID = "X-Reqid";

    private static final int USUAL_BYTES = 512;
    private static final Set<String> OWNED = Set.of(
            "connection",
            "keep-alive",
            "proxy-connection",
            "transfer-encoding",
            "content-length",
            "x-reqid",
            "upgrade");

    /** {@return whether an answer to this method with this status has no body} */
    static boolean bodyless(String method, int status) {
        return method.equals("HEAD") || status < 200 || status == 204 || status == 304;
    }

    /**
     * Encodes the head.
     *
     * @throws IllegalArgumentException if a header of the handler has a character that would break the message
     */
    ByteBuf encode(ByteBufAllocator allocator, CharSequence date) {
        ByteBuf out = allocator.directBuffer(USUAL_BYTES);
        try {
            write(out, "HTTP/1.1 ");
            write(out, Integer.toString(status.code()));
            out.writeByte(' ');
            write(out, status.reasonPhrase());
            line(out);
            Iterator<Map.Entry<CharSequence, CharSequence>> each = headers.iteratorCharSequence();
            while (each.hasNext()) {
                Map.Entry<CharSequence, CharSequence> header = each.next();
                if (!OWNED.contains(header.getKey().toString().toLowerCase(java.util.Locale.ROOT))) {
                    header(out, header.getKey(), header.getValue());
                }
            }
            if (!headers.contains(HttpHeaderNames.DATE)) {
                header(out, "Date", date);
            }
            if (length >= 0) {
                header(out, "Content-Length", Long.toString(length));
            } else if (length == CHUNKED) {
                header(out, "Transfer-Encoding", "chunked");
            }
            if (!keepAlive) {
                header(out, "Connection", "close");
            } else if (sayKeepAlive) {
                header(out, "Connection", "keep-alive");
            }
            header(out, REQUEST_ID, requestId);
            line(out);
            return out;
        } catch (RuntimeException invalid) {
            out.release();
            throw invalid;
        }
    }

    private static void header(ByteBuf out, CharSequence name, CharSequence value) {
        write(out, name);
        write(out, ": ");
        write(out, value);
        line(out);
    }

    private static void line(ByteBuf out) {
        out.writeShort('\r' << 8 | '\n');
    }

    private static void write(ByteBuf out, CharSequence text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < ' ' && c != '\t' || c == 127 || c > 255) {
                throw new IllegalArgumentException("A header of the answer has character " + (int) c + ".");
            }
        }
        out.writeCharSequence(text, java.nio.charset.StandardCharsets.ISO_8859_1);
    }
}
