// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.net.internal;

import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.http.DefaultHttpHeadersFactory;
import io.netty.handler.codec.http.DefaultHttpRequest;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpVersion;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Reads request heads, strictly: what two programs could understand differently is refused (RFC 9112). Confined to the
 * event loop of its connection.
 */
final class HeadParser {
    private static final boolean[] TOKEN = new boolean[256];

    static {
        for (char c = 0; c < 128; c++) {
            TOKEN[c] = c >= '0' && c <= '9' || c >= 'A' && c <= 'Z' || c >= 'a' && c <= 'z';
        }
        for (char c : "!#$%&'*+-.^_`|~".toCharArray()) {
            TOKEN[c] = true;
        }
    }

    private static final int LEADING_BLANK_LINES = 2;

    private final HttpLimits limits;
    private int scanned; // bytes of the current line known to hold no line feed
    private int blankLines;
    private int headerBytes;
    private @Nullable DefaultHttpRequest request;

    HeadParser(HttpLimits limits) {
        this.limits = limits;
    }

    /** {@return whether a part of a head was read} */
    boolean begun() {
        return request != null || scanned > 0 || blankLines > 0;
    }

    /** {@return the request line and headers read so far, to tell what a refusal is about} */
    @Nullable
    HttpRequest partial() {
        return request;
    }

    /**
     * Reads on.
     *
     * @param in received bytes; what belongs to the head is consumed
     * @return the whole head, or null while more bytes are needed
     * @throws RefusedException if this is no valid head, or one beyond the limits
     */
    @Nullable
    HttpRequest parse(ByteBuf in) throws RefusedException {
        while (true) {
            int start = in.readerIndex();
            int feed = in.indexOf(start + scanned, in.writerIndex(), (byte) '\n');
            int length = (feed < 0 ? in.writerIndex() : feed + 1) - start;
            checkLength(length);
            if (feed < 0) {
                scanned = length;
                return null;
            }
            scanned = 0;
            if (length < 2 || in.getByte(feed - 1) != '\r') {
                throw RefusedException.badRequest("A line of the request head ends without a carriage return. "
                        + "End each line with CR and LF.");
            }
            HttpRequest whole = line(in, start, feed - 1);
            in.readerIndex(feed + 1);
            if (whole != null) {
                request = null;
                blankLines = 0;
                headerBytes = 0;
                return whole;
            }
        }
    }

    private void checkLength(int length) throws RefusedException {
        if (request == null) {
            if (length > limits.requestLineBytes()) {
                throw new RefusedException(
                        414,
                        "URI_TOO_LONG",
                        "The request line is longer than " + limits.requestLineBytes()
                                + " bytes. Shorten the address.");
            }
        } else if (headerBytes + length > limits.headerBytes()) {
            throw new RefusedException(
                    431,
                    "HEADER_TOO_LARGE",
                    "The headers are larger than " + limits.headerBytes() + " bytes. Send fewer or shorter headers.");
        }
    }

    private @Nullable HttpRequest line(ByteBuf in, int start, int end) throws RefusedException {
        DefaultHttpRequest begun = request;
        if (begun == null) {
            if (start == end) {
                if (++blankLines > LEADING_BLANK_LINES) {
                    throw RefusedException.badRequest(
                            "The request begins with empty lines. Send the request line first.");
                }
                return null;
            }
            request = requestLine(in, start, end);
            return null;
        }
        headerBytes += end + 2 - start;
        if (start == end) {
            return begun;
        }
        header(in, start, end, begun.headers());
        return null;
    }

    private DefaultHttpRequest requestLine(ByteBuf in, int start, int end) throws RefusedException {
        int first = in.indexOf(start, end, (byte) ' ');
        int second = first < 0 ? -1 : in.indexOf(first + 1, end, (byte) ' ');
        if (first <= start || second <= first + 1 || in.indexOf(second + 1, end, (byte) ' ') >= 0) {
            throw RefusedException.badRequest(
                    "The request line is not 'METHOD target HTTP/1.1'. Speak HTTP/1.1 to this port.");
        }
        for (int i = start; i < first; i++) {
            if (!TOKEN[in.getByte(i) & 0xff]) {
                throw RefusedException.badRequest(
                        "The request method has a character that is not allowed. Use a standard method.");
            }
        }
        for (int i = first + 1; i < second; i++) {
            int c = in.getByte(i) & 0xff;
            if (c <= ' ' || c >= 127) {
                throw RefusedException.badRequest(
                        "The request target has a character that is not allowed. Percent-encode it.");
            }
        }
        HttpVersion version = version(text(in, second + 1, end));
        String method = text(in, start, first);
        String target = text(in, first + 1, second);
        checkTarget(method, target);
        HttpHeaders headers =
                DefaultHttpHeadersFactory.headersFactory().withValidation(false).newHeaders();
        return new DefaultHttpRequest(version, HttpMethod.valueOf(method), target, headers);
    }

    private static HttpVersion version(String text) throws RefusedException {
        if (text.equals("HTTP/1.1")) {
            return HttpVersion.HTTP_1_1;
        }
        if (text.equals("HTTP/1.0")) {
            return HttpVersion.HTTP_1_0;
        }
        if (text.matches("HTTP/[0-9]\\.[0-9]")) {
            throw new RefusedException(505, "VERSION_NOT_SUPPORTED", text + " is not spoken here. Use HTTP/1.1.");
        }
        throw RefusedException.badRequest(
                "The request line ends without a protocol version. Speak HTTP/1.1 to this port.");
    }

    private static void checkTarget(String method, String target) throws RefusedException {
        if (method.equals("CONNECT")) {
            throw new RefusedException(
                    405, "METHOD_NOT_ALLOWED", "This is no proxy: CONNECT is not served. Ask for a resource.");
        }
        if (target.startsWith("/") || target.equals("*") && method.equals("OPTIONS")) {
            return;
        }
        String lower = target.length() > 8 ? target.substring(0, 8).toLowerCase(java.util.Locale.ROOT) : "";
        if (!lower.startsWith("http://") && !lower.equals("https://")) {
            throw RefusedException.badRequest("The request target is no path. Begin it with a slash.");
        }
    }

    private void header(ByteBuf in, int start, int end, HttpHeaders headers) throws RefusedException {
        if (headers.size() >= limits.headers()) {
            throw new RefusedException(
                    431,
                    "TOO_MANY_HEADERS",
                    "The request has more than " + limits.headers() + " headers. Send fewer headers.");
        }
        byte first = in.getByte(start);
        if (first == ' ' || first == '\t') {
            throw RefusedException.badRequest("A header goes on in a second line. Send each header in one line.");
        }
        int colon = in.indexOf(start, end, (byte) ':');
        if (colon <= start) {
            throw RefusedException.badRequest("A header line has no name or no colon. Send 'Name: value'.");
        }
        for (int i = start; i < colon; i++) {
            if (!TOKEN[in.getByte(i) & 0xff]) {
                throw RefusedException.badRequest("A header name has a space or another character that is not allowed. "
                        + "Put the colon right behind the name.");
            }
        }
        int from = colon + 1;
        int to = end;
        while (from < to && blank(in.getByte(from))) {
            from++;
        }
        while (to > from && blank(in.getByte(to - 1))) {
            to--;
        }
        for (int i = from; i < to; i++) {
            int c = in.getByte(i) & 0xff;
            if (c < ' ' && c != '\t' || c == 127) {
                throw RefusedException.badRequest("The value of header " + text(in, start, colon)
                        + " has a control character. Remove or encode it.");
            }
        }
        headers.add(text(in, start, colon), text(in, from, to));
    }

    private static boolean blank(byte c) {
        return c == ' ' || c == '\t';
    }

    private static String text(ByteBuf in, int from, int to) {
        return in.toString(from, to - from, StandardCharsets.ISO_8859_1);
    }
}
