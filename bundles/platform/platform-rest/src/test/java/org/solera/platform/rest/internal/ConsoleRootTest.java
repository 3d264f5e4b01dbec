// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.rest.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import org.junit.jupiter.api.Test;
import org.solera.platform.net.api.HttpErrorPages;

class ConsoleRootTest {
    private final ConsoleRoot root = new ConsoleRoot();

    private static JsonNode read(String text) throws IOException {
        return ModuleApplication.json().readTree(text);
    }

    @Test
    void whereNoModuleIsTheDescriptionIsNamed() throws IOException {
        FakeExchange exchange = new FakeExchange("GET", "/", InputStream.nullInputStream());
        root.handle(exchange);
        assertEquals(404, exchange.status.code());
        assertEquals(Problem.MEDIA_TYPE, exchange.headers.get("Content-Type"));
        JsonNode problem = read(exchange.text());
        assertEquals("NOT_FOUND", problem.get("code").asText());
        assertEquals("req-1", problem.get("requestId").asText());
        assertTrue(problem.get("nextAction").asText().contains("/api/v1/openapi.json"));
    }

    @Test
    void traceIsRefused() throws IOException {
        FakeExchange exchange = new FakeExchange("TRACE", "/", InputStream.nullInputStream());
        root.handle(exchange);
        assertEquals(405, exchange.status.code());
    }

    @Test
    void whatThePortRefusesIsToldAsCauseAndNextAction() throws IOException {
        HttpErrorPages.ErrorPage page = root.render(
                431, "HEADER_TOO_LARGE", "The headers are larger than 32768 bytes. Send fewer headers.", "req-2");
        assertEquals(Problem.MEDIA_TYPE, page.contentType());
        JsonNode problem = read(page.body());
        assertEquals(431, problem.get("status").asInt());
        assertEquals(
                "The headers are larger than 32768 bytes.",
                problem.get("detail").asText());
        assertEquals("Send fewer headers.", problem.get("nextAction").asText());
        assertEquals("req-2", problem.get("requestId").asText());
        JsonNode one =
                read(root.render(400, "X", "HTTP/1.2 is not spoken here.", "").body());
        assertEquals("HTTP/1.2 is not spoken here.", one.get("detail").asText());
        assertEquals("", one.get("nextAction").asText());
    }
}
