// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.net.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.solera.platform.net.api.PortSpec;

class TlsTest {
    private static final char[] PASSWORD = "changeit".toCharArray();
    private static SSLContext context;

    private TestPort port;

    @BeforeAll
    static void certificate(@TempDir Path folder) throws Exception {
        Path store = folder.resolve("test.p12");
        Process keytool = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-alias",
                        "box",
                        "-keyalg",
                        "EC",
                        "-groupname",
                        "secp256r1",
                        "-dname",
                        "CN=localhost",
                        "-storetype",
                        "PKCS12",
                        "-storepass",
                        new String(PASSWORD),
                        "-keystore",
                        store.toString())
                .redirectErrorStream(true)
                .start();
        String said = new String(keytool.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        assertEquals(0, keytool.waitFor(), said);
        context = context(store);
    }

    private static SSLContext context(Path file) throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream in = java.nio.file.Files.newInputStream(file)) {
            store.load(in, PASSWORD);
        }
        KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(store, PASSWORD);
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(store);
        SSLContext made = SSLContext.getInstance("TLS");
        made.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
        return made;
    }

    @BeforeEach
    void open() {
        port = new TestPort(
                TestPort.limits(),
                new PortSpec("s3", 0, PortSpec.Kind.HTTP, false),
                new PortSpec("console", 0, PortSpec.Kind.HTTP, true));
        port.serve(exchange -> TestPort.text(
                exchange,
                (exchange.secure() ? "secure " : "plain ") + exchange.body().readAllBytes().length));
        port.server
                .http()
                .bind(exchange -> TestPort.text(exchange, "console"), port.properties(2, "console", "/"), "console/1");
    }

    @AfterEach
    void close() {
        port.close();
    }

    private void present() {
        port.server.tls().bind(() -> context, Map.of());
    }

    private SSLSocket secure(String name, String... protocols) throws IOException {
        SSLSocket socket = (SSLSocket) context.getSocketFactory()
                .createSocket(
                        port.address(name).getAddress(), port.address(name).getPort());
        socket.setSoTimeout(10_000);
        if (protocols.length > 0) {
            socket.setEnabledProtocols(protocols);
        }
        return socket;
    }

    @Test
    void speaksTlsAndPlainOnOneNumber() throws IOException {
        present();
        assertTrue(port.talk(TestPort.last("/")).endsWith("plain 0"));
        for (String protocol : List.of("TLSv1.2", "TLSv1.3")) {
            try (Socket socket = secure("s3", protocol)) {
                TestPort.send(socket, "PUT / HTTP/1.1\r\nHost: b\r\nContent-Length: 300000\r\n\r\n");
                TestPort.send(socket, "x".repeat(300_000));
                assertTrue(TestPort.answer(socket).endsWith("secure 300000"), protocol);
                TestPort.send(socket, TestPort.last("/"));
                assertTrue(TestPort.all(socket).endsWith("secure 0"), protocol);
            }
        }
    }

    @Test
    void waitsForACertificateThatComesLater() throws Exception {
        CompletableFuture<String> answer = CompletableFuture.supplyAsync(() -> {
            try (Socket socket = secure("s3")) {
                TestPort.send(socket, TestPort.last("/"));
                return TestPort.all(socket);
            } catch (IOException failed) {
                throw new IllegalStateException(failed);
            }
        });
        Awaitility.await().until(() -> port.server.status().stream().anyMatch(each -> each.connections() == 1));
        assertFalse(answer.isDone());
        present();
        assertTrue(answer.get(5, TimeUnit.SECONDS).endsWith("secure 0"));
    }

    @Test
    void sendsBrowsersToHttpsWhereTlsIsRequired() throws IOException, ExecutionException {
        present();
        try (Socket socket = new Socket()) {
            socket.connect(port.address("console"));
            TestPort.send(socket, "GET /a?b HTTP/1.1\r\nHost: box:8443\r\n\r\n");
            String all = TestPort.all(socket);
            assertTrue(all.startsWith("HTTP/1.1 308 ") && all.contains("ocation: https://box:8443/a?b\r\n"), all);
        }
        try (Socket socket = new Socket()) {
            socket.connect(port.address("console"));
            TestPort.send(socket, "PUT /a HTTP/1.1\r\nHost: box:8443\r\nContent-Length: 3\r\n\r\nabc");
            String all = TestPort.all(socket);
            assertTrue(all.startsWith("HTTP/1.1 400 ") && all.endsWith("Use https://box:8443/a.\n"), all);
        }
        try (Socket socket = secure("console")) {
            TestPort.send(socket, TestPort.last("/"));
            assertTrue(TestPort.all(socket).endsWith("console"));
        }
    }

    @Test
    void survivesWhatOnlyLooksLikeTls() throws IOException {
        present();
        try (Socket socket = port.connect()) {
            socket.getOutputStream().write(new byte[] {22, 3, 1, 0, 4, 1, 2, 3, 4});
            TestPort.all(socket);
        }
        assertTrue(port.talk(TestPort.last("/")).endsWith("plain 0"));
    }
}
