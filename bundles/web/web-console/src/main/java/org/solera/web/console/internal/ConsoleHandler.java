// SPDX-License-Identifier: Apache-2.0
package org.solera.web.console.internal;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.solera.platform.net.api.HttpErrorPages;
import org.solera.platform.net.api.HttpExchange;
import org.solera.platform.net.api.HttpHandler;
import org.solera.platform.net.api.PortNames;

/**
 * Serves the console: the start page for every address of the console, and its files. It ranks above the plain answer of
 * {@code platform-rest} for {@code /}, which is left where this bundle is not installed. Thread-safe.
 *
 * <p>The files of one version carry hashes in their names and are kept by browsers for ever. After a swap the new version
 * does not have the old files: a page of the old version that asks for one gets a 404 and loads itself anew.
 */
@Component(
        immediate = true,
        service = HttpHandler.class,
        property = {
            PortNames.PORT_NAME + "=" + PortNames.CONSOLE,
            PortNames.PATH_PREFIX + "=/",
            "service.ranking:Integer=100"
        })
public final class ConsoleHandler implements HttpHandler, HttpErrorPages {
    private static final Logger log = LoggerFactory.getLogger(ConsoleHandler.class);
    private static final Set<String> REFUSED_METHODS = Set.of("TRACE", "TRACK", "CONNECT");
    private static final List<String> NOT_OURS = List.of("/api", "/metrics", "/signin");
    private static final int NONCE_BYTES = 18;

    /** The start page may use what this port serves, and nothing else. */
    private static final String POLICY = "default-src 'self'; script-src 'self'; style-src 'self' 'nonce-%s';"
            + " img-src 'self' data: blob:; font-src 'self'; connect-src 'self'; object-src 'none'; base-uri 'none';"
            + " form-action 'self'; frame-ancestors 'none'";

    private final SecureRandom random = new SecureRandom();
    private final ConsoleFiles files;

    @Activate
    public ConsoleHandler(BundleContext context) throws IOException {
        this(ConsoleFiles.of(context.getBundle()));
        log.info("The console {} serves {} files.", context.getBundle().getVersion(), files.count());
    }

    ConsoleHandler(ConsoleFiles files) {
        this.files = files;
    }

    @Override
    public void handle(HttpExchange exchange) throws IOException {
        HttpRequest request = exchange.request();
        String path = path(request.uri());
        Optional<ConsoleFiles.Asset> asset = files.asset(path);
        if (REFUSED_METHODS.contains(request.method().name())) {
            refuse(exchange, 405);
        } else if (asset.isEmpty() && !isPage(path, request)) {
            refuse(exchange, 404);
        } else if (!request.method().equals(HttpMethod.GET) && !request.method().equals(HttpMethod.HEAD)) {
            refuse(exchange, 405);
        } else if (asset.isPresent()) {
            serve(exchange, asset.get());
        } else {
            servePage(exchange);
        }
    }

    /** {@return whether this is an address of the console, which its own script understands} */
    private static boolean isPage(String path, HttpRequest request) {
        if (path.equals("/")) {
            return true;
        }
        return path.indexOf('.') < 0
                && NOT_OURS.stream().noneMatch(each -> path.equals(each) || path.startsWith(each + "/"))
                && request.headers().get(HttpHeaderNames.ACCEPT, "").contains("text/html");
    }

    private void servePage(HttpExchange exchange) throws IOException {
        HttpHeaders headers = safe();
        headers.set(HttpHeaderNames.ETAG, files.tag());
        headers.set(HttpHeaderNames.CACHE_CONTROL, "no-cache");
        headers.set(HttpHeaderNames.VARY, "Accept");
        if (exchange.request().headers().get(HttpHeaderNames.IF_NONE_MATCH, "").contains(files.tag())) {
            // The browser shows the page it kept, with the policy and the nonce that it kept with it.
            exchange.respond(HttpResponseStatus.NOT_MODIFIED, headers, Unpooled.EMPTY_BUFFER);
            return;
        }
        byte[] bytes = new byte[NONCE_BYTES];
        random.nextBytes(bytes);
        String nonce = Base64.getEncoder().encodeToString(bytes);
        headers.set(HttpHeaderNames.CONTENT_TYPE, "text/html; charset=utf-8");
        headers.set("Content-Security-Policy", POLICY.formatted(nonce));
        headers.set("X-Frame-Options", "DENY");
        headers.set("Referrer-Policy", "same-origin");
        headers.set("Cross-Origin-Opener-Policy", "same-origin");
        headers.set("Permissions-Policy", "camera=(), microphone=(), geolocation=(), payment=(), usb=()");
        exchange.respond(HttpResponseStatus.OK, headers, Unpooled.wrappedBuffer(files.page(nonce)));
    }

    private static void serve(HttpExchange exchange, ConsoleFiles.Asset asset) throws IOException {
        HttpHeaders headers = safe();
        headers.set(HttpHeaderNames.CONTENT_TYPE, asset.type());
        headers.set(HttpHeaderNames.CACHE_CONTROL, "public, max-age=31536000, immutable");
        headers.set(HttpHeaderNames.VARY, "Accept-Encoding");
        String accepted = exchange.request().headers().get(HttpHeaderNames.ACCEPT_ENCODING, "");
        ByteBuf body;
        if (accepts(accepted, "br")) {
            headers.set(HttpHeaderNames.CONTENT_ENCODING, "br");
            body = Unpooled.wrappedBuffer(asset.brotli());
        } else if (accepts(accepted, "gzip")) {
            headers.set(HttpHeaderNames.CONTENT_ENCODING, "gzip");
            body = Unpooled.wrappedBuffer(asset.gzip());
        } else {
            body = Unpooled.wrappedBuffer(asset.plain());
        }
        exchange.respond(HttpResponseStatus.OK, headers, body);
    }

    /** {@return whether a list of codings names this one with a weight that is not 0} */
    static boolean accepts(String list, String coding) {
        for (String each : list.split(",")) {
            String[] parts = each.split(";");
            if (parts[0].strip().equalsIgnoreCase(coding)) {
                return parts.length == 1 || !parts[1].strip().matches("q=0(\\.0*)?");
            }
        }
        return false;
    }

    private static HttpHeaders safe() {
        HttpHeaders headers = new DefaultHttpHeaders();
        headers.set("X-Content-Type-Options", "nosniff");
        return headers;
    }

    private static void refuse(HttpExchange exchange, int status) throws IOException {
        HttpHeaders headers = safe();
        headers.set(HttpHeaderNames.CONTENT_TYPE, Problem.MEDIA_TYPE);
        headers.set(HttpHeaderNames.CACHE_CONTROL, "no-store");
        String id = exchange.requestId();
        String text = status == 405
                ? Problem.text(
                        405,
                        "METHOD_NOT_ALLOWED",
                        "This address does not take the method of the request.",
                        "GET /api/v1/openapi.json describes what is.",
                        id,
                        false)
                : Problem.text(
                        404,
                        "NOT_FOUND",
                        "Nothing is served at this address.",
                        "GET /api/v1/openapi.json describes what is.",
                        id,
                        false);
        exchange.respond(
                HttpResponseStatus.valueOf(status),
                headers,
                Unpooled.wrappedBuffer(text.getBytes(StandardCharsets.UTF_8)));
    }

    /** @param message the cause and, as its last sentence, the next action */
    @Override
    public ErrorPage render(int status, String code, String message, String requestId) {
        String told = message.strip();
        int last = told.lastIndexOf(". ") + 1;
        String detail = last == 0 ? told : told.substring(0, last);
        String nextAction = last == 0 ? "" : told.substring(last + 1);
        return new ErrorPage(
                Problem.MEDIA_TYPE,
                Problem.text(status, code, detail, nextAction, requestId, status == 503 || status == 429));
    }

    /** {@return the path of a request target, as it was sent} */
    static String path(String target) {
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
}
