// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.oidc.internal;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.jose4j.json.JsonUtil;
import org.jose4j.jwk.JsonWebKey;
import org.jose4j.jwk.JsonWebKeySet;
import org.jose4j.jws.JsonWebSignature;

/** A provider that says what a test lets it say, true or not. */
final class FakeProvider implements AutoCloseable {
    final Map<String, Object> document = new HashMap<>();
    final Map<String, String> bodies = new ConcurrentHashMap<>();
    final Map<String, AtomicInteger> asked = new ConcurrentHashMap<>();
    final CountDownLatch end = new CountDownLatch(1);
    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    String silent = "";
    String redirected = "";
    String lastForm = "";
    String lastAuthorization = "";

    FakeProvider() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 10);
        server.setExecutor(threads);
        server.createContext("/", this::answer);
        server.start();
        document.put("issuer", issuer());
        document.put("authorization_endpoint", issuer() + "/authorize?a=b");
        document.put("token_endpoint", issuer() + "/token");
        document.put("userinfo_endpoint", issuer() + "/userinfo");
        document.put("jwks_uri", issuer() + "/keys");
    }

    String issuer() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    void publish(JsonWebKey... keys) {
        bodies.put("/keys", new JsonWebKeySet(List.of(keys)).toJson());
    }

    /** {@return claims that hold} */
    Map<String, Object> claims(String nonce) {
        long now = Instant.now().getEpochSecond();
        Map<String, Object> claims = new HashMap<>();
        claims.put("iss", issuer());
        claims.put("aud", "client");
        claims.put("sub", "person-1");
        claims.put("nonce", nonce);
        claims.put("iat", now);
        claims.put("exp", now + 300);
        claims.put("preferred_username", "Alice");
        return claims;
    }

    static String signed(JsonWebKey key, String algorithm, Map<String, Object> claims) throws Exception {
        JsonWebSignature token = new JsonWebSignature();
        token.setPayload(JsonUtil.toJson(claims));
        token.setAlgorithmHeaderValue(algorithm);
        token.setKeyIdHeaderValue(key.getKeyId());
        token.setKey(key instanceof org.jose4j.jwk.PublicJsonWebKey pair ? pair.getPrivateKey() : key.getKey());
        token.setDoKeyValidation(false);
        return token.getCompactSerialization();
    }

    void tokenIs(String idToken) {
        bodies.put("/token", JsonUtil.toJson(Map.of("id_token", idToken, "access_token", "access")));
    }

    private void answer(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        asked.computeIfAbsent(path, any -> new AtomicInteger()).incrementAndGet();
        if (path.equals("/token")) {
            lastForm = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            lastAuthorization = String.valueOf(exchange.getRequestHeaders().getFirst("Authorization"));
        }
        if (path.equals(redirected)) {
            exchange.getResponseHeaders().set("Location", issuer() + "/elsewhere");
            exchange.sendResponseHeaders(302, -1);
            return;
        }
        String body = path.startsWith("/.well-known/")
                ? bodies.getOrDefault(path, JsonUtil.toJson(document))
                : bodies.getOrDefault(path, "");
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(body.isEmpty() ? 404 : 200, path.equals(silent) ? 0 : Math.max(1, bytes.length));
        try (OutputStream out = exchange.getResponseBody()) {
            if (path.equals(silent)) {
                out.write('{');
                out.flush();
                awaitEnd();
            }
            out.write(bytes.length == 0 ? new byte[] {' '} : bytes);
        }
    }

    private void awaitEnd() {
        try {
            end.await();
        } catch (InterruptedException ending) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        end.countDown();
        server.stop(0);
        threads.shutdownNow();
    }
}
