// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.notices.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.solera.platform.api.SoleraException;
import org.solera.platform.api.notices.Severity;

class WebhookSenderTest {
    private static final Message MESSAGE = Testing.message("n1", Severity.CRITICAL, Message.Kind.BEGAN);

    private record Received(String path, String signature, byte[] body) {}

    private final List<Received> received = new CopyOnWriteArrayList<>();
    private final CountDownLatch end = new CountDownLatch(1);
    private HttpServer server;

    @BeforeEach
    void open() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        serve(server);
    }

    private void serve(HttpServer any) {
        any.setExecutor(Executors.newCachedThreadPool());
        any.createContext("/", this::answer);
        any.start();
    }

    @AfterEach
    void close() {
        end.countDown();
        server.stop(0);
    }

    private void answer(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        byte[] body = exchange.getRequestBody().readAllBytes();
        received.add(new Received(path, exchange.getRequestHeaders().getFirst(WebhookSender.SIGNATURE), body));
        if (path.equals("/never")) {
            try {
                end.await();
            } catch (InterruptedException closing) {
                Thread.currentThread().interrupt();
            }
        }
        if (path.equals("/moved")) {
            exchange.getResponseHeaders().set("Location", "/taken");
        }
        exchange.sendResponseHeaders(
                switch (path) {
                    case "/moved" -> 307;
                    case "/broken" -> 500;
                    default -> 204;
                },
                -1);
        exchange.close();
    }

    private WebhookTarget target(String path, String secret) {
        return new WebhookTarget("http://127.0.0.1:" + server.getAddress().getPort() + path, secret, "", "box1");
    }

    private static String refusal(WebhookTarget target) {
        return assertThrows(SoleraException.class, () -> new WebhookSender(target).send(MESSAGE))
                .explain();
    }

    @Test
    void postsJsonWithASignatureThatTheReceiverCanCheck() throws SoleraException {
        new WebhookSender(target("/taken", "s3cret")).send(MESSAGE);
        Received one = received.get(0);
        assertEquals("sha256=" + WebhookSender.signature("s3cret", one.body()), one.signature());
        assertFalse(one.signature().contains(WebhookSender.signature("other", one.body())));
        assertEquals(
                "{\"version\":1,\"box\":\"box1\",\"event\":\"began\",\"at\":\"2026-11-22T08:00:00Z\",\"id\":\"n1\","
                        + "\"rule\":\"heat\",\"subject\":\"chip=\\\"cpu\\\"\",\"severity\":\"critical\","
                        + "\"title\":\"cpu is at 91 °C \\\"now\\\".\",\"titleZh\":\"cpu 的温度为 91 °C。\","
                        + "\"nextAction\":\"Check the fans.\",\"nextActionZh\":\"请检查风扇。\",\"value\":91.5,"
                        + "\"since\":\"2026-11-22T08:00:00Z\",\"endedAt\":null}",
                new String(one.body(), StandardCharsets.UTF_8));
        // The figure of RFC 4231, test case 2.
        assertEquals(
                "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843",
                WebhookSender.signature("Jefe", "what do ya want for nothing?".getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void sendsNoSignatureWithoutASecret() throws SoleraException {
        new WebhookSender(target("/taken", "")).send(MESSAGE);
        assertEquals(null, received.get(0).signature());
    }

    @Test
    void followsNoRedirect() {
        assertTrue(refusal(target("/moved", "")).contains("answered 307. Redirects are not followed."));
        assertEquals(1, received.size());
    }

    @Test
    void saysWhatTheReceiverAnswered() {
        assertTrue(refusal(target("/broken", "")).contains("answered 500."));
    }

    @Test
    void waitsFiveSecondsAtMost() {
        assertTrue(refusal(target("/never", "")).contains("did not answer in time"));
    }

    @Test
    void saysWhenNobodyListens() {
        WebhookTarget target = target("/taken", "");
        server.stop(0);
        assertTrue(refusal(target).contains("cannot be reached"), refusal(target));
    }

    @Test
    void trustsTheAuthorityThatItIsGivenAndNobodyElse(@TempDir Path folder)
            throws IOException, GeneralSecurityException, InterruptedException, SoleraException {
        Certificates certificates = new Certificates(folder);
        HttpsServer secure = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        secure.setHttpsConfigurator(new HttpsConfigurator(certificates.context()));
        serve(secure);
        try {
            String url = "https://127.0.0.1:" + secure.getAddress().getPort() + "/taken";
            new WebhookSender(new WebhookTarget(url, "", certificates.certificatePem(), "b")).send(MESSAGE);
            assertEquals(1, received.size());
            String refused = refusal(new WebhookTarget(url, "", "", "b"));
            assertTrue(refused.contains("no secure connection"), refused);
            assertEquals(1, received.size());
        } finally {
            secure.stop(0);
        }
        assertThrows(SoleraException.class, () -> Trust.check("-----BEGIN CERTIFICATE-----\nnonsense"));
    }
}
