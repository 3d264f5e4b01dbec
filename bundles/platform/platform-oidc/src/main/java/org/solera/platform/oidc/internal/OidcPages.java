// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.oidc.internal;

import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.QueryStringDecoder;
import io.netty.handler.codec.http.cookie.Cookie;
import io.netty.handler.codec.http.cookie.ServerCookieDecoder;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.solera.platform.api.SoleraException;
import org.solera.platform.api.access.ExternalPerson;
import org.solera.platform.api.access.Session;
import org.solera.platform.api.access.Sessions;
import org.solera.platform.net.api.HttpExchange;
import org.solera.platform.net.api.HttpHandler;

/**
 * The two pages that a browser passes: {@code start} sends it to the provider, {@code callback} takes it back and opens a
 * session. Every failure ends on the sign-in page with a code. Thread-safe; at most {@value #AT_A_TIME} at a time.
 */
final class OidcPages implements HttpHandler {
    static final String PREFIX = "/signin/oidc";
    static final String START = PREFIX + "/start";
    static final String CALLBACK = PREFIX + "/callback";

    /** Binds a sign-in to the browser that began it. */
    static final String COOKIE = "__Host-solera-signin";

    private static final Logger log = LoggerFactory.getLogger(OidcPages.class);
    private static final int AT_A_TIME = 32;
    private static final int LONGEST_AGENT = 256;
    private static final Pattern HOST = Pattern.compile("([A-Za-z0-9.-]{1,253}|\\[[0-9A-Fa-f:.]{2,45}])(:\\d{1,5})?");
    private static final String ATTRIBUTES = "; Path=/; Secure; HttpOnly; SameSite=Lax";

    private final OidcSettings settings;
    private final SignInFlow flow;
    private final Pending pending;
    private final Sessions sessions;
    private final Semaphore places = new Semaphore(AT_A_TIME);

    OidcPages(OidcSettings settings, SignInFlow flow, Pending pending, Sessions sessions) {
        this.settings = settings;
        this.flow = flow;
        this.pending = pending;
        this.sessions = sessions;
    }

    @Override
    public void handle(HttpExchange exchange) throws IOException {
        QueryStringDecoder target = new QueryStringDecoder(exchange.request().uri());
        HttpHeaders headers = new DefaultHttpHeaders();
        headers.set(HttpHeaderNames.CACHE_CONTROL, "no-store");
        headers.set("Referrer-Policy", "no-referrer");
        boolean start = target.rawPath().equals(START);
        if (!start && !target.rawPath().equals(CALLBACK)) {
            exchange.respond(HttpResponseStatus.NOT_FOUND, headers, Unpooled.EMPTY_BUFFER);
            return;
        }
        if (!exchange.request().method().equals(HttpMethod.GET)) {
            headers.set(HttpHeaderNames.ALLOW, "GET");
            exchange.respond(HttpResponseStatus.METHOD_NOT_ALLOWED, headers, Unpooled.EMPTY_BUFFER);
            return;
        }
        headers.set(HttpHeaderNames.LOCATION, location(exchange, start, headers));
        exchange.respond(HttpResponseStatus.SEE_OTHER, headers, Unpooled.EMPTY_BUFFER);
    }

    private String location(HttpExchange exchange, boolean start, HttpHeaders headers) {
        boolean admitted = places.tryAcquire();
        try {
            if (!admitted) {
                throw OidcException.busy();
            }
            Map<String, String> query = query(exchange);
            return start ? begin(exchange, query, headers) : complete(exchange, query, headers);
        } catch (SoleraException failure) {
            String reason = failure.code().name().toLowerCase(Locale.ROOT);
            report(exchange, failure);
            return "/?signin=failed&reason=" + reason;
        } finally {
            if (admitted) {
                places.release();
            }
        }
    }

    /** Anybody can send what is no sign-in; only what the provider or the settings are to blame for is worth a warning. */
    private static void report(HttpExchange exchange, SoleraException failure) {
        if (failure.code() instanceof OidcError
                && failure.code() != OidcError.SIGN_IN_UNKNOWN
                && failure.code() != OidcError.SIGN_IN_DENIED) {
            log.warn("A sign-in from {} failed. {}", origin(exchange), failure.explain());
        }
        log.debug("A sign-in from {} failed", origin(exchange), failure);
    }

    private static Map<String, String> query(HttpExchange exchange) throws OidcException {
        try {
            Map<String, String> single = new HashMap<>();
            Map<String, List<String>> all =
                    new QueryStringDecoder(exchange.request().uri()).parameters();
            for (Map.Entry<String, List<String>> each : all.entrySet()) {
                if (each.getValue().size() > 1) {
                    throw OidcException.invalid("A parameter was sent twice.", null);
                }
                single.put(each.getKey(), each.getValue().get(0));
            }
            return single;
        } catch (IllegalArgumentException malformed) {
            throw OidcException.invalid("The address cannot be read.", malformed);
        }
    }

    private String begin(HttpExchange exchange, Map<String, String> query, HttpHeaders headers) throws OidcException {
        Pending.Begun begun = pending.begin(
                cookie(exchange, COOKIE),
                base(exchange) + CALLBACK,
                ReturnPath.local(query.getOrDefault("return", "/")),
                origin(exchange));
        String address = flow.address(begun);
        headers.add(
                HttpHeaderNames.SET_COOKIE,
                COOKIE + "=" + begun.browser() + ATTRIBUTES + "; Max-Age=" + Pending.LIFE.toSeconds());
        return address;
    }

    private String complete(HttpExchange exchange, Map<String, String> query, HttpHeaders headers)
            throws SoleraException {
        Pending.Begun begun = pending.take(query.getOrDefault("state", ""), cookie(exchange, COOKIE))
                .orElseThrow(OidcException::unknown);
        ExternalPerson person = flow.person(begun, query);
        String agent = exchange.request().headers().get(HttpHeaderNames.USER_AGENT, "");
        Sessions.Outcome.SignedIn signedIn =
                sessions.vouch(person, origin(exchange), agent.substring(0, Math.min(LONGEST_AGENT, agent.length())));
        String before = cookie(exchange, Session.COOKIE);
        if (!before.isEmpty()) {
            sessions.end(before); // the browser forgets it now
        }
        headers.add(HttpHeaderNames.SET_COOKIE, COOKIE + "=" + ATTRIBUTES + "; Max-Age=0");
        headers.add(HttpHeaderNames.SET_COOKIE, Session.COOKIE + "=" + signedIn.secret() + ATTRIBUTES);
        log.info("'{}' signed in from {} by the provider {}", person.name(), origin(exchange), settings.issuer());
        return begun.back();
    }

    private String base(HttpExchange exchange) throws OidcException {
        if (!settings.baseAddress().isEmpty()) {
            return settings.baseAddress();
        }
        String host = exchange.request().headers().get(HttpHeaderNames.HOST, "");
        if (!HOST.matcher(host).matches()) {
            throw OidcException.invalid("The request names no host.", null);
        }
        return "https://" + host;
    }

    private static String cookie(HttpExchange exchange, String name) {
        for (String header : exchange.request().headers().getAll(HttpHeaderNames.COOKIE)) {
            for (Cookie each : ServerCookieDecoder.STRICT.decodeAll(header)) {
                if (each.name().equals(name)) {
                    return each.value();
                }
            }
        }
        return "";
    }

    private static String origin(HttpExchange exchange) {
        return exchange.remote().getAddress().getHostAddress();
    }
}
