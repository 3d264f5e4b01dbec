// SPDX-License-Identifier: Apache-2.0
package org.solera.storage.kodo.internal;

import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpResponseStatus;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Optional;
import org.solera.platform.net.api.HttpExchange;
import org.solera.storage.api.StorageException;

/** Writes bodies with ranges and conditions. Stateless. */
final class Answers {
    private static final int BUFFER = 256 << 10;

    private Answers() {}

    /**
     * A body that may be sent.
     *
     * @param sizeBytes its length
     * @param etag its entity tag, without quotes
     * @param modified when it changed
     * @param headers what is said about it, content type included
     */
    record Body(long sizeBytes, String etag, Instant modified, HttpHeaders headers) {}

    /** Opens part of a body. */
    @FunctionalInterface
    interface Content {
        InputStream open(ByteRange range) throws StorageException;
    }

    static long send(HttpExchange exchange, Body body, Content content) throws IOException, StorageException {
        HttpHeaders headers = new DefaultHttpHeaders()
                .add(body.headers())
                .set(HttpHeaderNames.ETAG, '"' + body.etag() + '"')
                .set(HttpHeaderNames.LAST_MODIFIED, date(body.modified()))
                .set(HttpHeaderNames.ACCEPT_RANGES, "bytes")
                .set("X-Content-Type-Options", "nosniff");
        HttpHeaders asked = exchange.request().headers();
        if (unchanged(asked, body)) {
            exchange.respond(HttpResponseStatus.NOT_MODIFIED, headers, Unpooled.EMPTY_BUFFER);
            return 0;
        }
        Optional<ByteRange> range = range(asked, body);
        if (range.isPresent() && range.get().length() == 0) {
            document(
                    exchange,
                    HttpResponseStatus.REQUESTED_RANGE_NOT_SATISFIABLE.code(),
                    new DefaultHttpHeaders().set(HttpHeaderNames.CONTENT_RANGE, "bytes */" + body.sizeBytes()),
                    KodoErrors.document(
                            "INVALID_RANGE",
                            "The range lies outside the body of %d bytes.".formatted(body.sizeBytes()),
                            "Ask for bytes within it."));
            return 0;
        }
        ByteRange part = range.orElse(new ByteRange(0, body.sizeBytes()));
        headers.set(HttpHeaderNames.CONTENT_LENGTH, part.length());
        range.ifPresent(some -> headers.set(
                HttpHeaderNames.CONTENT_RANGE,
                "bytes %d-%d/%d".formatted(some.offset(), some.offset() + some.length() - 1, body.sizeBytes())));
        HttpResponseStatus status = range.isPresent() ? HttpResponseStatus.PARTIAL_CONTENT : HttpResponseStatus.OK;
        if (exchange.request().method().name().equals("HEAD")) {
            exchange.respond(status, headers).close();
            return 0;
        }
        // Opened before the head is sent, so that an object that cannot be read is still a clear error.
        try (InputStream in = content.open(part)) {
            OutputStream out = exchange.respond(status, headers);
            copy(in, out, part.length());
            out.close();
        }
        return part.length();
    }

    private static void copy(InputStream in, OutputStream out, long length) throws IOException {
        byte[] buffer = new byte[(int) Math.min(BUFFER, Math.max(1, length))];
        long left = length;
        while (left > 0) {
            int count = in.read(buffer, 0, (int) Math.min(buffer.length, left));
            if (count < 0) {
                throw new IOException("the object ended %d bytes early".formatted(left));
            }
            out.write(buffer, 0, count);
            left -= count;
        }
    }

    private static boolean unchanged(HttpHeaders asked, Body body) {
        String tags = asked.get(HttpHeaderNames.IF_NONE_MATCH);
        if (tags != null) {
            return Arrays.stream(tags.split(","))
                    .map(String::strip)
                    .map(tag -> tag.startsWith("W/") ? tag.substring(2) : tag)
                    .anyMatch(tag -> tag.equals("*") || tag.equals('"' + body.etag() + '"'));
        }
        String since = asked.get(HttpHeaderNames.IF_MODIFIED_SINCE);
        if (since == null) {
            return false;
        }
        try {
            Instant known = DateTimeFormatter.RFC_1123_DATE_TIME.parse(since, Instant::from);
            return !body.modified().truncatedTo(ChronoUnit.SECONDS).isAfter(known);
        } catch (DateTimeParseException noDate) {
            return false;
        }
    }

    private static Optional<ByteRange> range(HttpHeaders asked, Body body) {
        String range = asked.get(HttpHeaderNames.RANGE);
        String condition = asked.get(HttpHeaderNames.IF_RANGE);
        boolean holds = condition == null
                || condition.equals('"' + body.etag() + '"')
                || condition.equals(date(body.modified()));
        return range == null || !holds ? Optional.empty() : ByteRange.parse(range, body.sizeBytes());
    }

    private static String date(Instant time) {
        return DateTimeFormatter.RFC_1123_DATE_TIME.format(time.atOffset(ZoneOffset.UTC));
    }

    /** {@return the value of Content-Disposition that saves under a name} */
    static String attachment(String name) {
        return "attachment; filename*=UTF-8''"
                + URLEncoder.encode(name, StandardCharsets.UTF_8).replace("+", "%20");
    }

    static void document(HttpExchange exchange, int status, HttpHeaders headers, String json) throws IOException {
        headers.set(HttpHeaderNames.CONTENT_TYPE, "application/json");
        exchange.respond(
                HttpResponseStatus.valueOf(status), headers, Unpooled.copiedBuffer(json, StandardCharsets.UTF_8));
    }
}
