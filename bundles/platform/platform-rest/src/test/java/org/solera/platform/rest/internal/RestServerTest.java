// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.rest.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Who may ask, what is recorded, and what a repeated or outdated request is answered. */
class RestServerTest extends ThingsCase {
    @Test
    void theTableOfTheDomainDecidesWhereNoAnnotationDoes() throws IOException {
        assertEquals(401, get("", "").status.code());
        assertEquals(200, get("vic", "").status.code());
        assertEquals(403, get("lisa", "").status.code());
        assertEquals(403, get("paul", "").status.code(), "a grant for one bucket does not open the list of all");
        assertEquals(403, post("vic", wish("x")).status.code());
        assertEquals(403, post("eve", wish("x")).status.code());
        assertEquals(201, post("otto", wish("x")).status.code());
        assertEquals(201, post("olga", wish("x")).status.code());
    }

    @Test
    void grantsForOneBucketOpenThatBucketOnly() throws IOException {
        String path = "/api/v1/storage/things/buckets/";
        assertEquals(
                204,
                server.ask("paul", RestServer.request("PUT", path + "photos", ""))
                        .status
                        .code());
        assertEquals(
                403,
                server.ask("paul", RestServer.request("PUT", path + "videos", ""))
                        .status
                        .code());
        assertEquals(
                403,
                server.ask("paul", RestServer.request("PUT", path + "%2A", ""))
                        .status
                        .code());
        assertEquals(
                204,
                server.ask("otto", RestServer.request("PUT", path + "videos", ""))
                        .status
                        .code());
    }

    @Test
    void whoeverIsLoggedInReachesWhatConcernsThemAlone() throws IOException {
        assertEquals(
                "{\"what\":\"mine\",\"who\":\"none\"}", get("none", "/mine").text());
        assertEquals(401, get("", "/mine").status.code());
    }

    @Test
    void aSessionNeedsItsCsrfValueForChangesOnly() throws IOException {
        String cookie = "theme=dark; __Host-solera=otto-cookie";
        assertEquals(
                200,
                server.send(RestServer.request("GET", "/api/v1/storage/things", "")
                                .with("Cookie", cookie))
                        .status
                        .code());
        FakeExchange without = server.send(
                RestServer.request("POST", "/api/v1/storage/things", wish("x")).with("Cookie", cookie));
        assertEquals(403, without.status.code());
        assertTrue(without.text().contains("\"code\":\"CSRF\""), without.text());
        assertEquals(
                403,
                server.send(RestServer.request("POST", "/api/v1/storage/things", wish("x"))
                                .with("Cookie", cookie)
                                .with("X-Solera-Csrf", "olga-csrf"))
                        .status
                        .code());
        assertEquals(
                201,
                server.send(RestServer.request("POST", "/api/v1/storage/things", wish("x"))
                                .with("Cookie", cookie)
                                .with("X-Solera-Csrf", "otto-csrf"))
                        .status
                        .code());
        people.ended.add("otto-cookie");
        assertEquals(
                401,
                server.send(RestServer.request("GET", "/api/v1/storage/things", "")
                                .with("Cookie", cookie))
                        .status
                        .code());
    }

    @Test
    void everyChangeIsRecordedBeforeItBeginsAndWithItsOutcome() throws IOException {
        post("otto", wish("x"));
        post("otto", wish("taken"));
        post("otto", "{");
        assertEquals(
                List.of(
                        "begin otto storage.make /api/v1/storage/things",
                        "done",
                        "close",
                        "begin otto storage.make /api/v1/storage/things",
                        "failed CONFLICT",
                        "close",
                        "begin otto storage.make /api/v1/storage/things",
                        "failed INVALID_REQUEST",
                        "close"),
                people.audited);
        people.audited.clear();
        get("vic", "");
        get("", "");
        assertEquals(List.of(), people.audited, "reading is not recorded, nor is asking without a login");
        get("lisa", "");
        get("mallory", "");
        assertEquals(
                List.of("refused lisa storage.list FORBIDDEN", "refused - storage.list UNAUTHENTICATED"),
                people.audited);
    }

    @Test
    void pathParametersAreRecordedAndBodiesNever() throws IOException {
        server.ask("otto", RestServer.request("PUT", "/api/v1/storage/things/buckets/photos", ""));
        assertEquals(Map.of("bucket", "photos"), people.events.get(0).details());
        assertEquals("127.0.0.1", people.events.get(0).origin());
        assertEquals("rest", people.events.get(0).channel());
    }

    @Test
    void theQueryOfAnAddressChangesNeitherMethodNorType() throws IOException {
        String path = "/api/v1/storage/things";
        for (String query : List.of("?_ctype=json", "?_ctype=application/json")) {
            byte[] body = wish("x").getBytes(StandardCharsets.UTF_8);
            FakeExchange form = new FakeExchange("POST", path + query, new ByteArrayInputStream(body))
                    .with("Content-Type", "text/plain")
                    .with("Content-Length", Integer.toString(body.length));
            assertEquals(400, server.ask("otto", form).status.code());
        }
        assertEquals(
                200,
                server.ask("vic", RestServer.request("GET", path + "?_method=POST", ""))
                        .status
                        .code());
        FakeExchange header = RestServer.request("GET", path, "").with("X-HTTP-Method-Override", "POST");
        assertEquals(200, server.ask("vic", header).status.code());
        assertTrue(get("vic", "?_wadl").text().startsWith("{\"items\""));
        assertEquals(0, things.made.get());
    }

    @Test
    void aChangeThatCannotBeRecordedIsNotMade() throws IOException {
        people.auditFull = true;
        FakeExchange refused = post("otto", wish("x"));
        assertEquals(503, refused.status.code());
        assertTrue(refused.text().contains("\"code\":\"BUSY\""), refused.text());
        assertEquals(0, things.made.get());
        assertEquals(200, get("otto", "").status.code());
    }

    @Test
    void anEditNamesItsVersionAndAReaderWhatItHas() throws IOException {
        String path = "/api/v1/storage/things/versioned";
        FakeExchange read = get("otto", "/versioned");
        assertEquals("\"7\"", read.headers.get("ETag"));
        FakeExchange known =
                server.ask("otto", RestServer.request("GET", path, "").with("If-None-Match", "W/\"7\""));
        assertEquals(304, known.status.code());
        assertEquals("", known.text());
        assertEquals(
                200,
                server.ask("otto", RestServer.request("GET", path, "").with("If-None-Match", "\"6\""))
                        .status
                        .code());
        assertEquals(
                428,
                server.ask("otto", RestServer.request("PUT", path, wish("x")))
                        .status
                        .code());
        assertEquals(
                412,
                server.ask("otto", RestServer.request("PUT", path, wish("x")).with("If-Match", "\"6\""))
                        .status
                        .code());
        assertEquals(
                200,
                server.ask("otto", RestServer.request("PUT", path, wish("x")).with("If-Match", "\"7\""))
                        .status
                        .code());
    }

    @Test
    void aRepeatedRequestIsAnsweredAgainAndNotCarriedOut() throws IOException {
        FakeExchange first = keyed("otto", "k1", wish("x"));
        FakeExchange again = keyed("otto", "k1", wish("x"));
        assertEquals(201, again.status.code());
        assertEquals(first.text(), again.text());
        assertEquals(first.headers.get("Location"), again.headers.get("Location"));
        assertNull(first.headers.get("Idempotent-Replayed"));
        assertEquals("true", again.headers.get("Idempotent-Replayed"));
        assertEquals(1, things.made.get());
        assertEquals(409, keyed("otto", "k1", wish("y")).status.code());
        assertEquals(201, keyed("olga", "k1", wish("y")).status.code(), "keys of different people never meet");
        assertEquals(409, keyed("otto", "k2", wish("taken")).status.code());
        assertEquals(201, keyed("otto", "k2", wish("free")).status.code(), "a failure is not kept");
        assertEquals(400, keyed("otto", "k".repeat(129), wish("x")).status.code());
    }

    private FakeExchange keyed(String who, String key, String body) throws IOException {
        return server.ask(
                who, RestServer.request("POST", "/api/v1/storage/things", body).with("Idempotency-Key", key));
    }

    @Test
    void everyAnswerForbidsBrowsersToShowOrKeepIt() throws IOException {
        for (FakeExchange each : List.of(get("vic", ""), get("", ""), get("vic", "/nowhere"))) {
            assertEquals("no-store", each.headers.get("Cache-Control"));
            assertEquals("nosniff", each.headers.get("X-Content-Type-Options"));
            assertTrue(each.headers.get("Content-Security-Policy").startsWith("default-src 'none'"));
            assertTrue(each.headers.get("Strict-Transport-Security").startsWith("max-age="));
        }
    }

    @Test
    void aConnectionToTheContainerServesManyRequests() throws IOException {
        Upstream first = server.pool().take();
        assertFalse(first.reused());
        server.pool().release(first);
        for (int i = 0; i < 5; i++) {
            get("vic", "");
            get("vic", "/large?count=100000");
            post("otto", wish("x"));
            get("vic", "/nowhere");
        }
        Upstream kept = server.pool().take();
        assertTrue(kept.reused());
        server.pool().release(kept);
    }
}
