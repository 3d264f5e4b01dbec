// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.rest.internal;

import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Locale;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;
import org.solera.platform.net.api.HttpExchange;

/**
 * An answer in JSON: sent in one piece when it fits in 64 KiB, and compressed when it has 1 KiB or more and the client
 * takes gzip or deflate. A longer one is passed on as it comes. Confined to one thread.
 */
final class WholeAnswer extends OutputStream {
    private static final int PIECE = 64 << 10;
    private static final int WORTH = 1 << 10;

    private final HttpExchange exchange;
    private final HttpResponseStatus status;
    private final HttpHeaders headers;
    private final @Nullable Coding coding;
    private final ByteArrayOutputStream held = new ByteArrayOutputStream(2 << 10);
    private @Nullable OutputStream open;

    /** Ways to compress. */
    enum Coding {
        GZIP,
        DEFLATE;

        /** {@return what the client takes, gzip first} */
        static @Nullable Coding of(HttpRequest request) {
            String accepted = request.headers().get(HttpHeaderNames.ACCEPT_ENCODING);
            if (accepted == null) {
                return null;
            }
            Coding best = null;
            for (String each : accepted.toLowerCase(Locale.ROOT).split(",", 20)) {
                String[] parts = each.strip().split(";", 2);
                boolean refused = parts.length == 2 && parts[1].strip().matches("q=0(\\.0*)?");
                if (!refused && parts[0].strip().equals("gzip")) {
                    best = GZIP;
                } else if (!refused && best == null && parts[0].strip().equals("deflate")) {
                    best = DEFLATE;
                }
            }
            return best;
        }

        private OutputStream over(OutputStream out) throws IOException {
            return this == GZIP
                    ? new FastGzip(out)
                    : new DeflaterOutputStream(out, new Deflater(Deflater.BEST_SPEED), PIECE / 8, false) {
                        @Override
                        public void close() throws IOException {
                            super.close();
                            def.end();
                        }
                    };
        }
    }

    private static final class FastGzip extends GZIPOutputStream {
        FastGzip(OutputStream out) throws IOException {
            super(out, PIECE / 8);
            def.setLevel(Deflater.BEST_SPEED);
        }
    }

    WholeAnswer(HttpExchange exchange, HttpResponseStatus status, HttpHeaders headers) {
        this.exchange = exchange;
        this.status = status;
        this.headers = headers;
        this.coding = headers.contains(HttpHeaderNames.CONTENT_ENCODING) ? null : Coding.of(exchange.request());
        headers.remove(HttpHeaderNames.CONTENT_LENGTH);
        headers.add(HttpHeaderNames.VARY, "Accept-Encoding");
    }

    /** {@return whether an answer of this type is sent this way} */
    static boolean suits(@Nullable String contentType) {
        if (contentType == null) {
            return false;
        }
        String type = contentType.toLowerCase(Locale.ROOT);
        return type.startsWith("application/json") || type.startsWith(Problem.MEDIA_TYPE);
    }

    @Override
    public void write(int value) throws IOException {
        write(new byte[] {(byte) value}, 0, 1);
    }

    @Override
    public void write(byte[] source, int offset, int length) throws IOException {
        if (open == null && held.size() + length > PIECE) {
            open = begin();
            held.writeTo(open);
            held.reset();
        }
        if (open == null) {
            held.write(source, offset, length);
        } else {
            open.write(source, offset, length);
        }
    }

    private OutputStream begin() throws IOException {
        Coding chosen = coding;
        if (chosen != null) {
            headers.set(HttpHeaderNames.CONTENT_ENCODING, chosen.name().toLowerCase(Locale.ROOT));
        }
        OutputStream client = exchange.respond(status, headers);
        return chosen == null ? client : chosen.over(client);
    }

    /** Sends what is held. Not called when the answer broke off: then the port cuts the connection. */
    @Override
    public void close() throws IOException {
        if (open != null) {
            open.close();
            return;
        }
        byte[] body = held.toByteArray();
        Coding chosen = coding;
        if (chosen != null && body.length >= WORTH) {
            ByteArrayOutputStream pressed = new ByteArrayOutputStream(body.length / 4);
            try (OutputStream out = chosen.over(pressed)) {
                out.write(body);
            }
            body = pressed.toByteArray();
            headers.set(HttpHeaderNames.CONTENT_ENCODING, chosen.name().toLowerCase(Locale.ROOT));
        }
        exchange.respond(status, headers, Unpooled.wrappedBuffer(body));
    }
}
