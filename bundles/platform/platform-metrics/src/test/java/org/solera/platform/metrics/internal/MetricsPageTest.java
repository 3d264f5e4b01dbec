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
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.solera.platform.api.Authenticator;
import org.solera.platform.api.Identity;
import org.solera.platform.api.PlatformError;
import org.solera.platform.api.Role;
import org.solera.platform.api.SoleraException;
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
