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
    /** The longest time that the container may say nothing. */
    static final Duration SILENCE = Duration.ofMinutes(10);

    private static final Duration EARLY_ANSWER = Duration.ofSeconds(2);

    private final UpstreamPool pool;
    private final String base;
    private final Forwarding forwarding;
    private final ProblemPages pages = new ProblemPages();
    private final InFlight requests = new InFlight();

    /**
     * @param pool connections to the container
     * @param base what stands before the path of the request in the container, {@code /r<bundle>.<bundle>}
     */
    ConsoleHandler(UpstreamPool pool, String base, Forwarding forwarding) {
        this.pool = pool;
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
        try {
            Conversation conversation = ask(exchange, method, base + RequestTarget.encoded(target));
            try {
                answer(exchange, method, conversation);
            } finally {
                pool.release(conversation.upstream());
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

    private void answer(HttpExchange exchange, String method, Conversation conversation) throws IOException {
        Upstream upstream = conversation.upstream();
        Upstream.Head head = conversation.head();
        if (isOfContainer(head)) {
            pages.respond(exchange, ProblemMapper.ofStatus(head.status(), exchange.requestId()));
            return;
        }
        HttpResponseStatus status = HttpResponseStatus.valueOf(head.status());
        HttpHeaders headers = answerHeaders(head);
        SecurityHeaders.add(headers);
        if (isOfScript(exchange.request())) {
            headers.remove(HttpHeaderNames.WWW_AUTHENTICATE);
        }
        if (method.equals("HEAD") || head.status() == 204 || head.status() == 304) {
            upstream.noBody(head);
            exchange.respond(status, headers, Unpooled.EMPTY_BUFFER);
        } else if (WholeAnswer.suits(head.first("Content-Type"))) {
            WholeAnswer whole = new WholeAnswer(exchange, status, headers);
            upstream.copyTo(whole, head);
            whole.close(); // only here: an answer that broke off must not look complete
        } else {
            try (OutputStream client = exchange.respond(status, headers)) {
                upstream.copyTo(client, head);
            }
        }
    }

    /** {@return whether a page asks and not a person: a browser would open its own dialog over the page at a challenge} */
    private static boolean isOfScript(HttpRequest request) {
        String mode = request.headers().get("Sec-Fetch-Mode");
        return mode != null && !mode.equals("navigate");
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

    /** A request that was sent, and the head of its answer. */
    private record Conversation(Upstream upstream, Upstream.Head head) {}

    /**
     * A kept connection may break just when it is used. Then a request that changes nothing is sent again, on a new one;
     * others are not, for the container may have carried them out.
     */
    private Conversation ask(HttpExchange exchange, String method, String target) throws IOException {
        Upstream upstream;
        try {
            upstream = pool.take();
        } catch (IOException unreachable) {
            throw new ContainerException(unreachable);
        }
        boolean repeatable = upstream.reused()
                && (method.equals("GET") || method.equals("HEAD"))
                && bodyLength(exchange.request()) == 0;
        try {
            return new Conversation(upstream, ask(upstream, exchange, method, target));
        } catch (IOException broken) {
            pool.release(upstream);
            if (!repeatable) {
                throw broken;
            }
            log.debug("Request {} is sent again on a new connection.", exchange.requestId(), broken);
        }
        Upstream fresh;
        try {
            fresh = pool.fresh();
        } catch (IOException unreachable) {
            throw new ContainerException(unreachable);
        }
        try {
            return new Conversation(fresh, ask(fresh, exchange, method, target));
        } catch (IOException broken) {
            pool.release(fresh);
            throw broken;
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
            throw new ContainerException(cut);
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
        headers.add(new Upstream.Header(
                "Host",
                pool.container().getHostString() + ":" + pool.container().getPort()));
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
        String absolute = "http://" + pool.container().getHostString() + ":"
                + pool.container().getPort();
        String path = location.startsWith(absolute + "/") ? location.substring(absolute.length()) : location;
        return path.startsWith(base + "/") ? path.substring(base.length()) : location;
    }

    @Override
    public ErrorPage render(int status, String code, String message, String requestId) {
        return pages.render(status, code, message, requestId);
    }
}
