// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.metrics.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.http.DefaultHttpRequest;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.reflect.Proxy;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.solera.platform.api.Authenticator;
import org.solera.platform.api.Grant;
import org.solera.platform.api.Identity;
import org.solera.platform.api.PlatformError;
import org.solera.platform.api.Role;
import org.solera.platform.api.Scope;
import org.solera.platform.api.SoleraException;
import org.solera.platform.api.access.Session;
import org.solera.platform.api.access.Sessions;
import org.solera.platform.api.access.Token;
import org.solera.platform.api.access.Tokens;
import org.solera.platform.net.api.HttpExchange;

class MetricsPageTest {
    private final AtomicLong nanos = new AtomicLong(5_000_000_000L);
    private final MetricsPage page = new MetricsPage(nanos::get);

    @BeforeEach
    void bind() {
        Authenticator accounts = (name, password, origin) -> {
            if (origin.equals("127.0.0.9")) {
                throw new SoleraException(PlatformError.BUSY, "Too many attempts.", "Wait.", null);
            }
            return name.equals("eve") && new String(password).equals("p:w")
                    ? Optional.of(Identity.of("eve", Set.of(Role.VIEWER)))
                    : Optional.empty();
        };
        page.bindAuthenticator(accounts, Map.of());
    }

    private static final Instant NOW = Instant.parse("2026-11-22T08:00:00Z");

    @BeforeEach
    void bindTokensAndSessions() {
        page.bindTokens(
                (Tokens) Proxy.newProxyInstance(
                        getClass().getClassLoader(), new Class<?>[] {Tokens.class}, (proxy, method, arguments) -> {
                            Token token = new Token("t", "eve", "scrape", Set.of(), true, NOW, NOW, null);
                            return switch ((String) arguments[0]) {
                                case "solera_good" ->
                                    Optional.of(new Tokens.Use(token, Identity.of("eve", Set.of(Role.VIEWER))));
                                case "solera_bucket" ->
                                    Optional.of(new Tokens.Use(
                                            token,
                                            new Identity(
                                                    "eve", Set.of(new Grant(Role.OWNER, Scope.bucket("photos"))))));
                                default -> Optional.empty();
                            };
                        }),
                Map.of());
        page.bindSessions(
                (Sessions) Proxy.newProxyInstance(
                        getClass().getClassLoader(), new Class<?>[] {Sessions.class}, (proxy, method, arguments) -> {
                            boolean first = arguments[0].equals("first");
                            return arguments[0].equals("good") || first
                                    ? Optional.of(new Session(
                                            "s",
                                            Identity.of("eve", Set.of(Role.OWNER)),
                                            "c",
                                            "o",
                                            "a",
                                            NOW,
                                            NOW,
                                            first))
                                    : Optional.empty();
                        }),
                Map.of());
    }

    private int status(String header, String value) throws Exception {
        Exchange exchange = new Exchange(HttpMethod.GET, "", "127.0.0.1");
        exchange.request().headers().add(header, value);
        page.handle(exchange);
        return exchange.status;
    }

    @Test
    void takesATokenOfWhoeverMayReadTheSystem() throws Exception {
        assertEquals(200, status("Authorization", "Bearer solera_good"));
        assertEquals(200, status("authorization", "bearer  solera_good"));
        assertEquals(401, status("Authorization", "Bearer solera_revoked"));
        assertEquals(403, status("Authorization", "Bearer solera_bucket"));
    }

    @Test
    void takesACookieOfASessionUnlessThePasswordMustChange() throws Exception {
        assertEquals(200, status("Cookie", "theme=dark; __Host-solera=good"));
        assertEquals(401, status("Cookie", "__Host-solera=ended"));
        assertEquals(403, status("Cookie", "__Host-solera=first"));
        assertEquals(401, status("Cookie", "__Host-solera=good; __Host-solera=ended"));
        Exchange both = new Exchange(HttpMethod.GET, "Bearer solera_revoked", "127.0.0.1");
        both.request().headers().add("Cookie", "__Host-solera=good");
        page.handle(both);
        assertEquals(401, both.status, "a credential that is sent decides alone");
    }

    @Test
    void asksTheSourcesOnceASecondAtMost() throws Exception {
        AtomicInteger asked = new AtomicInteger();
        page.bindSource(sink -> sink.gauge("solera_asked", "Asked.", asked.incrementAndGet()));
        for (int i = 0; i < 50; i++) {
            assertTrue(ask(HttpMethod.GET, basic("eve:p:w"), "127.0.0.1").text.contains("\nsolera_asked 1\n"));
        }
        nanos.addAndGet(1_000_000_000L);
        assertTrue(page.page().contains("\nsolera_asked 2\n"));
        assertEquals(2, asked.get());
    }

    private Exchange ask(HttpMethod method, String login, String from) throws Exception {
        Exchange exchange = new Exchange(method, login, from);
        page.handle(exchange);
        return exchange;
    }

    private static String basic(String login) {
        return "Basic " + Base64.getEncoder().encodeToString(login.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void showsFiguresToWhoeverHasALogin() throws Exception {
        page.bindSource(sink -> sink.gauge("solera_x", "X.", 7));
        Exchange exchange = ask(HttpMethod.GET, basic("eve:p:w"), "127.0.0.1");
        assertEquals(200, exchange.status);
        assertEquals("text/plain; version=0.0.4; charset=utf-8", exchange.headers.get("Content-Type"));
        assertTrue(exchange.text.contains("\nsolera_x 7\n"), exchange.text);
    }

    @Test
    void asksForALoginWithoutAGoodOne() throws Exception {
        for (String login : new String[] {"", basic("eve:wrong"), "Basic ???", basic("nocolon")}) {
            Exchange exchange = ask(HttpMethod.GET, login, "127.0.0.1");
            assertEquals(401, exchange.status, login);
            assertTrue(exchange.headers.get("WWW-Authenticate").startsWith("Basic realm="));
        }
    }

    @Test
    void saysWhenThereWereTooManyAttemptsAndWhatMethodsThereAre() throws Exception {
        assertEquals(429, ask(HttpMethod.GET, basic("eve:p:w"), "127.0.0.9").status);
        assertEquals(405, ask(HttpMethod.POST, basic("eve:p:w"), "127.0.0.1").status);
    }

    @Test
    void leavesOutASourceThatFails() {
        page.bindSource(sink -> {
            throw new IllegalStateException("broken");
        });
        page.bindSource(sink -> sink.gauge("solera_y", "Y.", 1));
        assertTrue(page.page().contains("\nsolera_y 1\n"));
    }

    /** Keeps the answer. */
    private static final class Exchange implements HttpExchange {
        private final HttpRequest request;
        private final InetSocketAddress remote;
        private int status;
        private HttpHeaders headers;
        private String text;

        Exchange(HttpMethod method, String login, String from) throws IOException {
            request = new DefaultHttpRequest(HttpVersion.HTTP_1_1, method, "/metrics");
            if (!login.isEmpty()) {
                request.headers().set("Authorization", login);
            }
            remote = new InetSocketAddress(InetAddress.getByName(from), 1);
        }

        @Override
        public HttpRequest request() {
            return request;
        }

        @Override
        public InetSocketAddress remote() {
            return remote;
        }

        @Override
        public boolean secure() {
            return true;
        }

        @Override
        public String requestId() {
            return "1";
        }

        @Override
        public InputStream body() {
            return InputStream.nullInputStream();
        }

        @Override
        public void respond(HttpResponseStatus answer, HttpHeaders answerHeaders, ByteBuf content) {
            status = answer.code();
            headers = answerHeaders;
            text = content.toString(StandardCharsets.UTF_8);
            content.release();
        }

        @Override
        public OutputStream respond(HttpResponseStatus answer, HttpHeaders answerHeaders) {
            throw new IllegalStateException("not expected");
        }

        @Override
        public boolean responded() {
            return status != 0;
        }
    }
}
