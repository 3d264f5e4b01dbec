// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.rest.internal;

import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.solera.platform.net.api.HttpErrorPages;
import org.solera.platform.net.api.HttpExchange;
import org.solera.platform.net.api.HttpHandler;

/**
 * Takes the requests of one module from the console port to its application in the servlet container, which listens on
 * the loopback only. Thread-safe.
 */
final class ConsoleHandler implements HttpHandler, HttpErrorPages {
    private static final Logger log = LoggerFactory.getLogger(ConsoleHandler.class);
    private static final Duration SILENCE = Duration.ofMinutes(10);
    private static final Duration EARLY_ANSWER = Duration.ofSeconds(2);

    private final InetSocketAddress container;
    private final String base;
    private final Forwarding forwarding;
    private final ProblemPages pages = new ProblemPages();
    private final InFlight requests = new InFlight();

    /** @param base what stands before the path of the request in the container, {@code /r<bundle>.<bundle>} */
    ConsoleHandler(InetSocketAddress container, String base, Forwarding forwarding) {
        this.container = container;
        this.base = base;
        this.forwarding = forwarding;
    }

    InFlight requests() {
        return requests;
    }

    @Override
    public void handle(HttpExchange exchange) throws IOException {
        requests.enter();
        try {
            forward(exchange);
        } finally {
            requests.leave();
        }
    }

    private void forward(HttpExchange exchange) throws IOException {
        HttpRequest request = exchange.request();
        String target = request.uri();
        String method = request.method().name();
        String id = exchange.requestId();
        if (RequestTarget.REFUSED_METHODS.contains(method)) {
            pages.respond(exchange, ProblemMapper.ofStatus(405, id));
            return;
        }
        if (!target.startsWith("/") || RequestTarget.climbs(target)) {
            pages.respond(
                    exchange,
                    Problem.of(
                            400,
                            "INVALID_REQUEST",
                            "The request target is not a plain path.",
                            "Begin it with a slash and leave out the steps '.' and '..'.",
                            id,
                            false));
            return;
        }
        try (Upstream upstream = new Upstream(container, SILENCE)) {
            Upstream.Head head = ask(upstream, exchange, method, base + RequestTarget.encoded(target));
            if (isOfContainer(head)) {
                pages.respond(exchange, ProblemMapper.ofStatus(head.status(), id));
                return;
            }
            HttpResponseStatus status = HttpResponseStatus.valueOf(head.status());
            HttpHeaders headers = answerHeaders(head);
            if (method.equals("HEAD") || head.status() == 204 || head.status() == 304) {
                exchange.respond(status, headers, Unpooled.EMPTY_BUFFER);
                return;
            }
            try (OutputStream client = exchange.respond(status, headers)) {
                upstream.copyTo(client, head);
            }
        } catch (ContainerException unreachable) {
            log.warn("Request {} got no answer from the servlet container.", exchange.requestId(), unreachable);
            pages.respond(
                    exchange,
                    Problem.of(
                            502,
                            "INTERNAL",
                            "The part that serves this did not answer.",
                            "Try again in a moment.",
                            id,
                            true));
        }
    }

    /** {@return whether the container itself refuses: the applications answer errors with problems, it with pages} */
    private static boolean isOfContainer(Upstream.Head head) {
        String type = head.first("Content-Type");
        return head.status() >= 400
                && (type == null || type.toLowerCase(Locale.ROOT).startsWith("text/html"));
    }

    /** The container failed, not the client. */
    private static final class ContainerException extends IOException {
        ContainerException(IOException cause) {
            super(cause);
        }
    }

    /** Tells a client that failed from a container that did. */
    private static final class ClientBody extends FilterInputStream {
        private boolean failed;

        ClientBody(InputStream body) {
            super(body);
        }

        boolean failed() {
            return failed;
        }

        @Override
        public int read() throws IOException {
            try {
                return super.read();
            } catch (IOException failure) {
                failed = true;
                throw failure;
            }
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
            try {
                return super.read(buffer, offset, length);
            } catch (IOException failure) {
                failed = true;
                throw failure;
            }
        }
    }

    private Upstream.Head ask(Upstream upstream, HttpExchange exchange, String method, String target)
            throws IOException {
        ClientBody body = new ClientBody(exchange.body());
        try {
            upstream.send(method, target, requestHeaders(exchange), body, bodyLength(exchange.request()));
        } catch (IOException cut) {
            if (body.failed()) {
                // The container would wait for the rest of a body that never comes.
                throw cut;
            }
            return earlyAnswer(upstream, cut);
        }
        try {
            return upstream.head();
        } catch (IOException failure) {
            throw new ContainerException(failure);
        }
    }

    /** The container may answer before it read the whole body and stop reading: the answer tells more than the failure. */
    private static Upstream.Head earlyAnswer(Upstream upstream, IOException cut) throws IOException {
        try {
            upstream.limitSilence(EARLY_ANSWER);
            return upstream.head();
        } catch (IOException none) {
            cut.addSuppressed(none);
            throw cut;
        }
    }

    private static long bodyLength(HttpRequest request) {
        String length = request.headers().get(HttpHeaderNames.CONTENT_LENGTH);
        if (length != null) {
            return Long.parseLong(length);
        }
        return request.headers().contains(HttpHeaderNames.TRANSFER_ENCODING) ? -1 : 0;
    }

    private List<Upstream.Header> requestHeaders(HttpExchange exchange) {
        List<Upstream.Header> headers = new ArrayList<>();
        headers.add(new Upstream.Header("Host", container.getHostString() + ":" + container.getPort()));
        headers.add(new Upstream.Header(Forwarding.SECRET, forwarding.secret()));
        headers.add(new Upstream.Header(
                Forwarding.CLIENT, exchange.remote().getAddress().getHostAddress()));
        headers.add(new Upstream.Header(Forwarding.SCHEME, exchange.secure() ? "https" : "http"));
        headers.add(new Upstream.Header(ProblemMapper.REQUEST_ID, exchange.requestId()));
        for (Map.Entry<String, String> header : exchange.request().headers()) {
            String name = header.getKey();
            if (name.equalsIgnoreCase("Host")) {
                headers.add(new Upstream.Header(Forwarding.HOST, header.getValue()));
            } else if (!Forwarding.isHopByHop(name)
                    && !Forwarding.isOurs(name)
                    && !name.equalsIgnoreCase("Content-Length")
                    && !name.equalsIgnoreCase("Expect")) {
                headers.add(new Upstream.Header(name, header.getValue()));
            }
        }
        return headers;
    }

    private HttpHeaders answerHeaders(Upstream.Head head) {
        HttpHeaders headers = new DefaultHttpHeaders();
        for (Upstream.Header header : head.headers()) {
            if (Forwarding.isHopByHop(header.name()) || Forwarding.isOurs(header.name())) {
                continue;
            }
            headers.add(
                    header.name(),
                    header.name().equalsIgnoreCase("Location") ? outside(header.value()) : header.value());
        }
        return headers;
    }

    /** {@return the address as a client of the port knows it} */
    private String outside(String location) {
        String absolute = "http://" + container.getHostString() + ":" + container.getPort();
        String path = location.startsWith(absolute + "/") ? location.substring(absolute.length()) : location;
        return path.startsWith(base + "/") ? path.substring(base.length()) : location;
    }

    @Override
    public ErrorPage render(int status, String code, String message, String requestId) {
        return pages.render(status, code, message, requestId);
    }
}
