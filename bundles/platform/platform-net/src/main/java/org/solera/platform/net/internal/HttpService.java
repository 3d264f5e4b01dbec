// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.net.internal;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.util.AsciiString;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.solera.platform.net.api.HttpErrorPages;
import org.solera.platform.net.api.HttpHandler;

/** What all connections of one HTTP port share. Thread-safe. */
final class HttpService {
    private static final Logger log = LoggerFactory.getLogger(HttpService.class);
    private static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern(
                    "EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.US)
            .withZone(ZoneOffset.UTC);
    private static final HttpErrorPages PLAIN = (status, code, message, requestId) ->
            new HttpErrorPages.ErrorPage("text/plain; charset=utf-8", message + "\n");

    private record Stamp(long second, AsciiString text) {}

    private final String port;
    private final boolean requireTls;
    private final HttpLimits limits;
    private final PortMetrics metrics;
    private final HandlerTable<HttpHandler> handlers;
    private final ExecutorService pool;
    private final AtomicLong requests =
            new AtomicLong(ThreadLocalRandom.current().nextLong());
    private volatile Stamp stamp = new Stamp(0, AsciiString.EMPTY_STRING);
    private volatile boolean closing;

    HttpService(
            String port,
            boolean requireTls,
            HttpLimits limits,
            PortMetrics metrics,
            HandlerTable<HttpHandler> handlers,
            ExecutorService pool) {
        this.port = port;
        this.requireTls = requireTls;
        this.limits = limits;
        this.metrics = metrics;
        this.handlers = handlers;
        this.pool = pool;
    }

    String port() {
        return port;
    }

    boolean requireTls() {
        return requireTls;
    }

    HttpLimits limits() {
        return limits;
    }

    PortMetrics metrics() {
        return metrics;
    }

    HandlerTable<HttpHandler> handlers() {
        return handlers;
    }

    ExecutorService pool() {
        return pool;
    }

    boolean closing() {
        return closing;
    }

    /** Every answer from now on ends its connection. */
    void beginClosing() {
        closing = true;
    }

    /** {@return an id that no other request of this process has, 16 hexadecimal digits} */
    String nextRequestId() {
        // An odd multiplier permutes the 64-bit numbers: unique as the counter is, without showing the count.
        long id = requests.incrementAndGet() * 0x9E3779B97F4A7C15L;
        return String.format(Locale.ROOT, "%016x", id);
    }

    /** {@return the value of the Date header now} */
    CharSequence date() {
        long second = System.currentTimeMillis() / 1_000;
        Stamp last = stamp;
        if (last.second() != second) {
            last = new Stamp(second, AsciiString.of(DATE.format(Instant.ofEpochSecond(second))));
            stamp = last;
        }
        return last.text();
    }

    /** {@return the path of a request, without query, as it was sent} */
    static String path(@Nullable HttpRequest request) {
        if (request == null) {
            return "/";
        }
        String target = request.uri();
        int from = 0;
        if (!target.startsWith("/")) {
            int authority = target.indexOf("://");
            from = authority < 0 ? -1 : target.indexOf('/', authority + 3);
            if (from < 0) {
                return "/";
            }
        }
        int query = target.indexOf('?', from);
        return target.substring(from, query < 0 ? target.length() : query);
    }

    /** {@return the words for a refusal in the manner of the protocol that the request meant} */
    HttpErrorPages.ErrorPage page(@Nullable HttpRequest request, RefusedException refusal, String requestId) {
        HttpHandler handler = handlers.peek(port, path(request)).orElse(null);
        HttpErrorPages pages = handler instanceof HttpErrorPages own ? own : PLAIN;
        try {
            return pages.render(refusal.status(), refusal.code(), refusal.text(), requestId);
        } catch (RuntimeException | LinkageError broken) {
            log.error("The error pages of port {} failed; request {} gets plain text.", port, requestId, broken);
            return PLAIN.render(refusal.status(), refusal.code(), refusal.text(), requestId);
        }
    }

    /** {@return where a plain request finds the same thing encrypted, if that can be said safely} */
    Optional<String> encryptedAddress(HttpRequest request) {
        HttpHeaders headers = request.headers();
        String host = headers.get(HttpHeaderNames.HOST, "");
        boolean safe = !host.isEmpty()
                && host.chars().allMatch(c -> Character.isLetterOrDigit(c) && c < 128 || ".:-[]_".indexOf(c) >= 0);
        return safe && request.uri().startsWith("/")
                ? Optional.of("https://" + host + request.uri())
                : Optional.empty();
    }
}
