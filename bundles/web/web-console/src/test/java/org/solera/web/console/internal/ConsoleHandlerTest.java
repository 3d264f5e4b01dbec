// SPDX-License-Identifier: Apache-2.0
package org.solera.web.console.internal;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.solera.platform.net.api.HttpErrorPages;

final class ConsoleHandlerTest {
    private static final String SCRIPT = "console.log(1)";
    private static final byte[] BROTLI = {1, 2, 3};

    private byte[] gzip;
    private ConsoleHandler console;

    @BeforeEach
    void build() throws IOException {
        gzip = zip(SCRIPT);
        console = new ConsoleHandler(ConsoleFiles.of(Map.of(
                "/index.html", bytes("<meta nonce=\"solera-nonce\">"),
                "/assets/a-1.js.br", BROTLI,
                "/assets/a-1.js.gz", gzip)));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] zip(String text) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (GZIPOutputStream packer = new GZIPOutputStream(out)) {
            packer.write(bytes(text));
        }
        return out.toByteArray();
    }

    private FakeExchange get(String target, String accept) throws IOException {
        FakeExchange exchange = new FakeExchange("GET", target).with("Accept", accept);
        console.handle(exchange);
        return exchange;
    }

    @Test
    void givesEachStartPageANonceOfItsOwnAndAStrictPolicy() throws IOException {
        FakeExchange one = get("/", "*/*");
        FakeExchange other = get("/?signin=failed", "*/*");
        String policy = one.headers.get("Content-Security-Policy");
        String nonce = one.text().replaceAll(".*nonce=\"([^\"]+)\".*", "$1");
        assertTrue(policy.contains("style-src 'self' 'nonce-" + nonce + "'"), policy);
        assertFalse(policy.contains("unsafe"), policy);
        assertTrue(policy.contains("frame-ancestors 'none'"), policy);
        assertNotEquals(one.text(), other.text());
        assertEquals("no-cache", one.headers.get("Cache-Control"));
        assertEquals("nosniff", one.headers.get("X-Content-Type-Options"));
    }

    @Test
    void saysThatTheStartPageDidNotChange() throws IOException {
        String tag = get("/", "text/html").headers.get("ETag");
        FakeExchange again = new FakeExchange("GET", "/").with("If-None-Match", tag);
        console.handle(again);
        assertEquals(304, again.status.code());
        assertEquals(0, again.answer.length);
        assertNull(again.headers.get("Content-Security-Policy"), "the policy of the kept page has the kept nonce");
    }

    @Test
    void answersBrowsersWithTheStartPageAtEveryAddressOfTheConsole() throws IOException {
        assertEquals(
                200,
                get("/storage/bucket?name=a.b", "text/html,*/*;q=0.8").status.code());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"/api", "/api/v1/nothing", "/metrics", "/signin/x", "/old-1.js", "/assets/old-1.js", "/../etc"})
    void refusesWhatItDoesNotHave(String target) throws IOException {
        FakeExchange exchange = get(target, "text/html");
        assertEquals(404, exchange.status.code());
        assertEquals(Problem.MEDIA_TYPE, exchange.headers.get("Content-Type"));
        assertTrue(exchange.text().contains("\"code\":\"NOT_FOUND\""), exchange.text());
        assertTrue(exchange.text().contains("\"requestId\":\"req-1\""), exchange.text());
    }

    @Test
    void refusesProgramsAtAddressesThatNobodyServes() throws IOException {
        assertEquals(404, get("/nothing", "application/json").status.code());
    }

    @Test
    void servesHashedFilesForEverInTheCodingThatTheClientTakes() throws IOException {
        FakeExchange brotli = new FakeExchange("GET", "/assets/a-1.js").with("Accept-Encoding", "gzip, deflate, br");
        console.handle(brotli);
        assertArrayEquals(BROTLI, brotli.answer);
        assertEquals("br", brotli.headers.get("Content-Encoding"));
        assertEquals("public, max-age=31536000, immutable", brotli.headers.get("Cache-Control"));
        assertEquals("text/javascript; charset=utf-8", brotli.headers.get("Content-Type"));

        FakeExchange gzipped = new FakeExchange("GET", "/assets/a-1.js").with("Accept-Encoding", "gzip;q=0.5, br;q=0");
        console.handle(gzipped);
        assertArrayEquals(gzip, gzipped.answer);

        FakeExchange plain = new FakeExchange("HEAD", "/assets/a-1.js");
        console.handle(plain);
        assertEquals(SCRIPT, plain.text());
        assertEquals("Accept-Encoding", plain.headers.get("Vary"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"POST", "DELETE", "TRACE"})
    void takesReadsOnly(String method) throws IOException {
        FakeExchange exchange = new FakeExchange(method, "/");
        console.handle(exchange);
        assertEquals(405, exchange.status.code());
    }

    @Test
    void wordsWhatThePortRefusesAsAProblem() {
        HttpErrorPages.ErrorPage page =
                console.render(431, "HEADER_TOO_LARGE", "A \"header\" is too large. Send less.", "r\n1");
        assertEquals(Problem.MEDIA_TYPE, page.contentType());
        assertTrue(page.body().contains("\"detail\":\"A \\\"header\\\" is too large.\""), page.body());
        assertTrue(page.body().contains("\"nextAction\":\"Send less.\",\"requestId\":\"r\\u000a1\""), page.body());
    }

    @Test
    void doesNotStartWithoutABuiltConsole() {
        Map<String, byte[]> nothing = Map.of();
        assertThrows(IllegalStateException.class, () -> ConsoleFiles.of(nothing));
    }
}
