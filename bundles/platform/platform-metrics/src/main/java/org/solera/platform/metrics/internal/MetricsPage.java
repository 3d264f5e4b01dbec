// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.metrics.internal;

import static org.osgi.service.component.annotations.ReferenceCardinality.MULTIPLE;
import static org.osgi.service.component.annotations.ReferencePolicy.DYNAMIC;

import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpResponseStatus;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.solera.platform.api.Authenticator;
import org.solera.platform.api.Identity;
import org.solera.platform.api.PlatformError;
import org.solera.platform.api.Scope;
import org.solera.platform.api.SoleraException;
import org.solera.platform.api.access.Action;
import org.solera.platform.api.access.Domain;
import org.solera.platform.api.access.Permissions;
import org.solera.platform.api.access.Sessions;
import org.solera.platform.api.access.Tokens;
import org.solera.platform.api.spi.MetricSource;
import org.solera.platform.net.api.HttpExchange;
import org.solera.platform.net.api.HttpHandler;
import org.solera.platform.net.api.PortNames;

/**
 * {@code GET /metrics} on the console port: the figures of every {@link MetricSource} for whoever may read the domain
 * {@link Domain#SYSTEM}, by a token, by a session or by name and password. The sources are asked once a second at most,
 * however many read. Thread-safe.
 */
@Component(
        service = HttpHandler.class,
        property = {PortNames.PORT_NAME + "=" + PortNames.CONSOLE, PortNames.PATH_PREFIX + "=/metrics"})
public final class MetricsPage implements HttpHandler {
    private static final Logger log = LoggerFactory.getLogger(MetricsPage.class);
    private static final String TYPE = "text/plain; version=0.0.4; charset=utf-8";
    private static final long SHARED_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final Logins logins = new Logins();
    private final List<MetricSource> sources = new CopyOnWriteArrayList<>();
    private final LongSupplier nanoTime;
    private String lastPage = ""; // guarded by this
    private long lastNanos; // guarded by this

    @Activate
    public MetricsPage() {
        this(System::nanoTime);
    }

    MetricsPage(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    @Reference(cardinality = MULTIPLE, policy = DYNAMIC)
    void bindAuthenticator(Authenticator service, Map<String, ?> properties) {
        logins.accounts().bind(service, properties);
    }

    void unbindAuthenticator(Authenticator service) {
        if (!logins.accounts().unbind(service)) {
            log.warn("An account store left while a login was checked.");
        }
    }

    @Reference(cardinality = MULTIPLE, policy = DYNAMIC)
    void bindTokens(Tokens service, Map<String, ?> properties) {
        logins.tokens().bind(service, properties);
    }

    void unbindTokens(Tokens service) {
        if (!logins.tokens().unbind(service)) {
            log.warn("A store of tokens left while a token was checked.");
        }
    }

    @Reference(cardinality = MULTIPLE, policy = DYNAMIC)
    void bindSessions(Sessions service, Map<String, ?> properties) {
        logins.sessions().bind(service, properties);
    }

    void unbindSessions(Sessions service) {
        if (!logins.sessions().unbind(service)) {
            log.warn("A store of sessions left while a session was checked.");
        }
    }

    @Reference(cardinality = MULTIPLE, policy = DYNAMIC)
    void bindSource(MetricSource source) {
        sources.add(source);
    }

    void unbindSource(MetricSource source) {
        sources.remove(source);
    }

    @Override
    public void handle(HttpExchange exchange) throws IOException, InterruptedException {
        HttpMethod method = exchange.request().method();
        if (!method.equals(HttpMethod.GET) && !method.equals(HttpMethod.HEAD)) {
            HttpHeaders allow = new DefaultHttpHeaders().set(HttpHeaderNames.ALLOW, "GET, HEAD");
            plain(exchange, HttpResponseStatus.METHOD_NOT_ALLOWED, allow, "Figures are read with GET.");
            return;
        }
        Optional<Identity> identity;
        try {
            String origin = exchange.remote().getAddress().getHostAddress();
            identity = logins.identify(exchange.request().headers(), origin);
        } catch (SoleraException refused) {
            refuse(exchange, refused);
            return;
        }
        if (identity.isEmpty()) {
            challenge(
                    exchange,
                    "Figures need a login. Send a token of a user as a bearer token, or a name and password.");
        } else if (!Permissions.allows(identity.get(), Domain.SYSTEM, Action.READ, Scope.EVERYWHERE)) {
            plain(
                    exchange,
                    HttpResponseStatus.FORBIDDEN,
                    new DefaultHttpHeaders(),
                    "Figures need a role that may read the system. Ask an owner for the role viewer.");
        } else {
            HttpHeaders headers = new DefaultHttpHeaders()
                    .set(HttpHeaderNames.CONTENT_TYPE, TYPE)
                    .set(HttpHeaderNames.CACHE_CONTROL, "no-store");
            exchange.respond(HttpResponseStatus.OK, headers, Unpooled.copiedBuffer(page(), StandardCharsets.UTF_8));
        }
    }

    private static void challenge(HttpExchange exchange, String text) throws IOException {
        HttpHeaders challenge = new DefaultHttpHeaders()
                .add(HttpHeaderNames.WWW_AUTHENTICATE, "Basic realm=\"solera\", charset=\"UTF-8\"")
                .add(HttpHeaderNames.WWW_AUTHENTICATE, "Bearer realm=\"solera\"");
        plain(exchange, HttpResponseStatus.UNAUTHORIZED, challenge, text);
    }

    private static void refuse(HttpExchange exchange, SoleraException refused) throws IOException {
        boolean throttled = refused.code() == PlatformError.BUSY;
        if (refused.code() == PlatformError.UNAUTHENTICATED) {
            challenge(exchange, refused.explain());
            return;
        }
        if (refused.code() == PlatformError.FORBIDDEN) {
            plain(exchange, HttpResponseStatus.FORBIDDEN, new DefaultHttpHeaders(), refused.explain());
            return;
        }
        HttpHeaders later = new DefaultHttpHeaders().set(HttpHeaderNames.RETRY_AFTER, throttled ? "30" : "1");
        HttpResponseStatus status =
                throttled ? HttpResponseStatus.TOO_MANY_REQUESTS : HttpResponseStatus.SERVICE_UNAVAILABLE;
        plain(exchange, status, later, refused.explain());
    }

    /** {@return all figures as Prometheus reads them, at most a second old} */
    synchronized String page() {
        long now = nanoTime.getAsLong();
        if (lastPage.isEmpty() || now - lastNanos >= SHARED_NANOS) {
            Families families = new Families();
            sources.forEach(source -> collect(source, families));
            families.gauge(
                    "solera_metrics_dropped", "Figures left out because there were too many.", families.dropped());
            lastPage = families.text();
            lastNanos = now;
        }
        return lastPage;
    }

    private static void collect(MetricSource source, Families families) {
        try {
            source.collect(families);
        } catch (RuntimeException | LinkageError broken) {
            log.warn("The figures of {} could not be read.", source.getClass().getName(), broken);
        }
    }

    private static void plain(HttpExchange exchange, HttpResponseStatus status, HttpHeaders headers, String text)
            throws IOException {
        headers.set(HttpHeaderNames.CONTENT_TYPE, "text/plain; charset=utf-8");
        exchange.respond(status, headers, Unpooled.copiedBuffer(text + "\n", StandardCharsets.UTF_8));
    }
}
