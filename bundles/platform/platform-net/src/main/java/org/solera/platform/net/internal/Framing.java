// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.net.internal;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpVersion;
import java.util.List;

/**
 * Where the body of a request ends and how its connection goes on.
 *
 * @param chunked whether the body is chunked
 * @param length length of the body in bytes; 0 when there is none, -1 when chunked
 * @param keepAlive whether the peer wants to send another request
 * @param expectContinue whether the peer waits for {@code 100 Continue} before it sends the body
 */
record Framing(boolean chunked, long length, boolean keepAlive, boolean expectContinue) {
    private static final int LENGTH_DIGITS = 18;

    /**
     * Reads the framing of a request.
     *
     * @throws RefusedException if it is ambiguous, or asks for something that is not served
     */
    static Framing of(HttpRequest request, long maximumBytes) throws RefusedException {
        HttpHeaders headers = request.headers();
        boolean modern = request.protocolVersion().equals(HttpVersion.HTTP_1_1);
        List<String> hosts = headers.getAll(HttpHeaderNames.HOST);
        if (hosts.size() > 1 || modern && hosts.isEmpty()) {
            throw RefusedException.badRequest("The request has no Host header or more than one. Send exactly one.");
        }
        List<String> codings = headers.getAll(HttpHeaderNames.TRANSFER_ENCODING);
        List<String> lengths = headers.getAll(HttpHeaderNames.CONTENT_LENGTH);
        boolean chunked = !codings.isEmpty();
        if (chunked) {
            checkCodings(codings, lengths, modern);
        }
        long length = chunked ? -1 : length(lengths, maximumBytes);
        return new Framing(chunked, length, keepAlive(headers, modern), expectContinue(headers, modern));
    }

    private static void checkCodings(List<String> codings, List<String> lengths, boolean modern)
            throws RefusedException {
        if (!lengths.isEmpty()) {
            throw RefusedException.badRequest(
                    "The request has both Content-Length and Transfer-Encoding. Send one of them.");
        }
        if (!modern) {
            throw RefusedException.badRequest("HTTP/1.0 has no Transfer-Encoding. Use HTTP/1.1 or Content-Length.");
        }
        if (codings.size() > 1) {
            throw RefusedException.badRequest(
                    "The request has more than one Transfer-Encoding. Send one, with value chunked.");
        }
        if (!codings.get(0).equalsIgnoreCase("chunked")) {
            throw new RefusedException(
                    501,
                    "NOT_IMPLEMENTED",
                    "The only transfer coding served here is chunked. Send the body chunked or with Content-Length.");
        }
    }

    private static long length(List<String> lengths, long maximumBytes) throws RefusedException {
        if (lengths.isEmpty()) {
            return 0;
        }
        String text = lengths.get(0);
        if (lengths.size() > 1 || text.isEmpty() || !text.chars().allMatch(c -> c >= '0' && c <= '9')) {
            throw RefusedException.badRequest(
                    "Content-Length is no number or was sent twice. Send the length of the body once.");
        }
        if (text.length() > LENGTH_DIGITS || Long.parseLong(text) > maximumBytes) {
            throw new RefusedException(
                    413,
                    "BODY_TOO_LARGE",
                    "The body is larger than " + (maximumBytes >> 30) + " GiB. Send it in parts.");
        }
        return Long.parseLong(text);
    }

    private static boolean keepAlive(HttpHeaders headers, boolean modern) {
        if (headers.containsValue(HttpHeaderNames.CONNECTION, "close", true)) {
            return false;
        }
        return modern || headers.containsValue(HttpHeaderNames.CONNECTION, "keep-alive", true);
    }

    private static boolean expectContinue(HttpHeaders headers, boolean modern) throws RefusedException {
        String expectation = headers.get(HttpHeaderNames.EXPECT);
        if (expectation == null || !modern) {
            return false;
        }
        if (!expectation.equalsIgnoreCase("100-continue")) {
            throw new RefusedException(
                    417, "EXPECTATION_FAILED", "The only expectation met here is 100-continue. Leave it out.");
        }
        return true;
    }
}
