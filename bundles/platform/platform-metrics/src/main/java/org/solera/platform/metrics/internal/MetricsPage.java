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
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.solera.platform.api.Authenticator;
import org.solera.platform.api.Identity;
import org.solera.platform.api.PlatformError;
import org.solera.platform.api.ServiceGate;
import org.solera.platform.api.SoleraException;
import org.solera.platform.api.spi.MetricSource;
import org.solera.platform.net.api.HttpExchange;
import org.solera.platform.net.api.HttpHandler;
import org.solera.platform.net.api.PortNames;

/**
 * {@code GET /metrics} on the console port: the figures of every {@link MetricSource} for whoever has a login, in any
 * role, by HTTP Basic. Thread-safe.
 */
@Component(
        service = HttpHandler.class,
        property = {PortNames.PORT_NAME + "=" + PortNames.CONSOLE, PortNames.PATH_PREFIX + "=/metrics"})
public final class MetricsPage implements HttpHandler {
    private static final Logger log = LoggerFactory.getLogger(MetricsPage.class);
    private static final String TYPE = "text/plain; version=0.0.4; charset=utf-8";

    private final ServiceGate<Authenticator> authenticator = new ServiceGate<>("The account store");
    private final List<MetricSource> sources = new CopyOnWriteArrayList<>();
    private final MetricSource jvm = new JvmMetrics();

    @Reference(cardinality = MULTIPLE, policy = DYNAMIC)
    void bindAuthenticator(Authenticator service, Map<String, ?> properties) {
        authenticator.bind(service, properties);
    }

    void unbindAuthenticator(Authenticator service) {
        if (!authenticator.unbind(service)) {
            log.warn("An account store left while a login was checked.");
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
        try {
            if (identify(exchange).isPresent()) {
                HttpHeaders headers = new DefaultHttpHeaders()
                        .set(HttpHeaderNames.CONTENT_TYPE, TYPE)
                        .set(HttpHeaderNames.CACHE_CONTROL, "no-store");
                exchange.respond(HttpResponseStatus.OK, headers, Unpooled.copiedBuffer(page(), StandardCharsets.UTF_8));
                return;
            }
        } catch (SoleraException refused) {
            refuse(exchange, refused);
            return;
        }
        HttpHeaders challenge = new DefaultHttpHeaders()
                .set(HttpHeaderNames.WWW_AUTHENTICATE, "Basic realm=\"solera\", charset=\"UTF-8\"");
        plain(
                exchange,
                HttpResponseStatus.UNAUTHORIZED,
                challenge,
                "Figures need a login. Send the name and password of an account by HTTP Basic.");
    }

    private static void refuse(HttpExchange exchange, SoleraException refused) throws IOException {
        boolean throttled = refused.code() == PlatformError.BUSY;
        HttpHeaders later = new DefaultHttpHeaders().set(HttpHeaderNames.RETRY_AFTER, throttled ? "30" : "1");
        HttpResponseStatus status =
                throttled ? HttpResponseStatus.TOO_MANY_REQUESTS : HttpResponseStatus.SERVICE_UNAVAILABLE;
        plain(exchange, status, later, refused.explain());
    }

    private Optional<Identity> identify(HttpExchange exchange) throws SoleraException, InterruptedException {
        Optional<Login> login = Login.of(exchange.request().headers().get(HttpHeaderNames.AUTHORIZATION, ""));
        if (login.isEmpty()) {
            return Optional.empty();
        }
        char[] password = login.get().password();
        try (ServiceGate.Use<Authenticator> accounts = authenticator.enter()) {
            String origin = exchange.remote().getAddress().getHostAddress();
            return accounts.service().authenticate(login.get().name(), password, origin);
        } finally {
            Arrays.fill(password, '\0');
        }
    }

    /** Name and password of an {@code Authorization} header. */
    private record Login(String name, char[] password) {
        private static final String SCHEME = "basic ";

        static Optional<Login> of(String header) {
            if (!header.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
                return Optional.empty();
            }
            byte[] decoded;
            try {
                decoded = Base64.getDecoder()
                        .decode(header.substring(SCHEME.length()).trim());
            } catch (IllegalArgumentException malformed) {
                return Optional.empty();
            }
            String text = new String(decoded, StandardCharsets.UTF_8);
            int colon = text.indexOf(':');
            return colon <= 0
                    ? Optional.empty()
                    : Optional.of(new Login(
                            text.substring(0, colon), text.substring(colon + 1).toCharArray()));
        }
    }

    /** {@return all figures as Prometheus reads them} */
    String page() {
        Families families = new Families();
        collect(jvm, families);
        sources.forEach(source -> collect(source, families));
        families.gauge("solera_metrics_dropped", "Figures left out because there were too many.", families.dropped());
        return families.text();
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
