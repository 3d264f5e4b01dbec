// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.rest.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.zip.GZIPInputStream;
import java.util.zip.InflaterInputStream;
import javax.annotation.security.PermitAll;
import javax.ws.rs.DefaultValue;
import javax.ws.rs.GET;
import javax.ws.rs.HeaderParam;
import javax.ws.rs.POST;
import javax.ws.rs.PUT;
import javax.ws.rs.PathParam;
import javax.ws.rs.Produces;
import javax.ws.rs.QueryParam;
import javax.ws.rs.core.Context;
import javax.ws.rs.core.Response;
import javax.ws.rs.core.SecurityContext;
import org.apache.catalina.LifecycleException;
import org.jspecify.annotations.NullMarked;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.solera.platform.api.PlatformError;
import org.solera.platform.api.Scope;
import org.solera.platform.api.SoleraException;
import org.solera.platform.api.access.AnyIdentity;
import org.solera.platform.api.access.ScopedTo;
import org.solera.platform.api.rest.AuditsItself;
import org.solera.platform.api.rest.Conditional;
import org.solera.platform.api.rest.EditVersion;
import org.solera.platform.api.rest.Page;

class RestServerTest {
    private final FakeServices people = new FakeServices();
    private final Things things = new Things();
    private RestServer server;

    @NullMarked
    record Inner(String name, int count) {}

    @NullMarked
    record Wish(
            String what,
            @Nullable String why,
            List<Inner> inner,
            @Nullable Map<String, Inner> more) {}

    record Done(String what, String who) {}

    /** Resources of storage, so that the table of storage rules. */
    @javax.ws.rs.Path("/things")
    @Produces("application/json")
    public static final class Things {
        private final AtomicInteger made = new AtomicInteger();

        @GET
        public Page<String> list(
                @QueryParam("limit") @DefaultValue(Page.USUAL) int limit, @QueryParam("cursor") String cursor)
                throws SoleraException {
            return Page.of(List.of("a", "b", "c", "d"), each -> each, limit, cursor);
        }

        @GET
        @PermitAll
        @javax.ws.rs.Path("open")
        public Done open(@Context SecurityContext caller) {
            return new Done(
                    "open",
                    caller.getUserPrincipal() == null
                            ? "-"
                            : caller.getUserPrincipal().getName());
        }

        @GET
        @AnyIdentity
        @javax.ws.rs.Path("mine")
        public Done mine(@Context SecurityContext caller) {
            return new Done("mine", caller.getUserPrincipal().getName());
        }

        @POST
        public Response make(Wish wish, @Context SecurityContext caller) throws SoleraException {
            if (wish.what().equals("broken")) {
                throw new IllegalStateException("org.secret.Thing");
            }
            if (wish.what().equals("taken")) {
                throw new SoleraException(PlatformError.CONFLICT, "It is taken.", "Choose another.", null);
            }
            return Response.status(201)
                    .header("Location", "/api/v1/storage/things/" + made.incrementAndGet())
                    .entity(new Done(wish.what(), caller.getUserPrincipal().getName()))
                    .build();
        }

        @GET
        @javax.ws.rs.Path("versioned")
        public Response versioned() {
            return Response.ok(new Done("x", "y"))
                    .header("ETag", EditVersion.etag(7))
                    .build();
        }

        @PUT
        @Conditional
        @javax.ws.rs.Path("versioned")
        public Done edit(@HeaderParam("If-Match") String ifMatch, Wish wish) throws SoleraException {
            EditVersion.require(ifMatch, 7);
            return new Done(wish.what(), "");
        }

        @PUT
        @ScopedTo(value = Scope.Kind.BUCKET, param = "bucket")
        @javax.ws.rs.Path("buckets/{bucket}")
        public void bucket(@PathParam("bucket") String bucket) {}

        @POST
        @AuditsItself
        @javax.ws.rs.Path("stream")
        public Done stream(InputStream body) throws IOException {
            return new Done(Long.toString(body.skip(Long.MAX_VALUE) + body.readAllBytes().length), "");
        }

        @GET
        @javax.ws.rs.Path("large")
        public List<String> large(@QueryParam("count") int count) {
            return java.util.Collections.nCopies(count, "0123456789");
        }
    }

    @BeforeEach
    void start(@TempDir Path folder) throws LifecycleException {
        server = new RestServer(folder, people.services, "storage", things);
    }

    @AfterEach
    void stop() throws LifecycleException {
        server.close();
    }

    private FakeExchange get(String who, String path) throws IOException {
        return server.ask(who, RestServer.request("GET", "/api/v1/storage/things" + path, ""));
    }

    private FakeExchange post(String who, String body) throws IOException {
        return server.ask(who, RestServer.request("POST", "/api/v1/storage/things", body));
    }

    private static String wish(String what) {
        return "{\"what\":\"%s\",\"inner\":[]}".formatted(what);
    }

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
    void whatABodyLacksOrHasTooMuchIsNamed() throws IOException {
        Map<String, String> wrong = Map.of(
                "{\"what\":\"x\",\"inner\":[],\"grants\":1}", "'grants'",
                "{\"inner\":[]}", "what",
                "{\"what\":\"x\"}", "inner",
                "{\"what\":\"x\",\"inner\":[{\"count\":1}]}", "inner[].name",
                "{\"what\":\"x\",\"inner\":[null]}", "inner",
                "{\"what\":\"x\",\"inner\":[{\"name\":\"n\",\"count\":null}]}", "count",
                "{\"what\":\"x\",\"inner\":[],\"more\":{\"a\":{\"count\":1}}}", "more{}.name",
                "{\"what\":\"x\",\"what\":\"y\",\"inner\":[]}", "JSON",
                "null", "no body",
                "", "");
        for (Map.Entry<String, String> each : wrong.entrySet()) {
            FakeExchange answer = post("otto", each.getKey());
            assertTrue(List.of(400, 415).contains(answer.status.code()), each.getKey() + answer.text());
            assertTrue(answer.text().contains(each.getValue()), each.getKey() + " " + answer.text());
            assertFalse(answer.text().contains("org."), answer.text());
        }
        assertEquals(
                201,
                post("otto", "{\"what\":\"x\",\"inner\":[{\"name\":\"n\",\"count\":1}]}")
                        .status
                        .code());
    }

    @Test
    void bodiesThatAreReadAsAWholeAreBoundedAndStreamsAreNot() throws IOException {
        byte[] large = new byte[3 << 20];
        Arrays.fill(large, (byte) ' ');
        FakeExchange told = new FakeExchange("POST", "/api/v1/storage/things", new ByteArrayInputStream(large))
                .with("Content-Type", "application/json")
                .with("Content-Length", Integer.toString(large.length));
        assertEquals(413, server.ask("otto", told).status.code());
        FakeExchange untold = new FakeExchange("POST", "/api/v1/storage/things", new ByteArrayInputStream(large))
                .with("Content-Type", "application/json")
                .with("Transfer-Encoding", "chunked");
        assertEquals(413, server.ask("otto", untold).status.code());
        FakeExchange stream = new FakeExchange("POST", "/api/v1/storage/things/stream", new ByteArrayInputStream(large))
                .with("Content-Type", "application/octet-stream")
                .with("Content-Length", Integer.toString(large.length));
        assertEquals(
                "{\"what\":\"" + large.length + "\",\"who\":\"\"}",
                server.ask("otto", stream).text());
    }

    @Test
    void aDefectTellsNothingOfTheInside() throws IOException {
        FakeExchange broken = post("otto", wish("broken"));
        assertEquals(500, broken.status.code());
        assertFalse(broken.text().contains("org.secret"), broken.text());
        assertEquals("failed INTERNAL", people.audited.get(1));
    }

    @Test
    void pagesFollowEachOther() throws IOException {
        assertEquals(
                "{\"items\":[\"a\",\"b\"],\"next\":\"Yg\"}",
                get("vic", "?limit=2").text());
        assertEquals(
                "{\"items\":[\"c\",\"d\"],\"next\":null}",
                get("vic", "?limit=2&cursor=Yg").text());
        assertEquals(400, get("vic", "?limit=0").status.code());
        assertEquals(400, get("vic", "?limit=1001").status.code());
        assertEquals(400, get("vic", "?limit=many").status.code());
        assertEquals(400, get("vic", "?cursor=***").status.code());
    }

    @Test
    void largeAnswersAreCompressedForThoseWhoTakeThat() throws IOException {
        String plain = get("vic", "/large?count=200").text();
        FakeExchange gzip = large("br, gzip;q=0.8", 200);
        assertEquals("gzip", gzip.headers.get("Content-Encoding"));
        assertEquals(
                plain,
                new String(
                        new GZIPInputStream(new ByteArrayInputStream(gzip.answer.toByteArray())).readAllBytes(),
                        StandardCharsets.UTF_8));
        assertTrue(gzip.answer.size() < 200, "" + gzip.answer.size());
        FakeExchange deflate = large("deflate", 200);
        assertEquals(
                plain,
                new String(
                        new InflaterInputStream(new ByteArrayInputStream(deflate.answer.toByteArray())).readAllBytes(),
                        StandardCharsets.UTF_8));
        assertNull(large("gzip;q=0", 200).headers.get("Content-Encoding"));
        assertNull(large("gzip", 50).headers.get("Content-Encoding"), "a small one is not worth it");
        FakeExchange huge = large("gzip", 100_000);
        assertEquals(
                1_300_001,
                new GZIPInputStream(new ByteArrayInputStream(huge.answer.toByteArray())).readAllBytes().length);
    }

    private FakeExchange large(String accepted, int count) throws IOException {
        return server.ask(
                "vic",
                RestServer.request("GET", "/api/v1/storage/things/large?count=" + count, "")
                        .with("Accept-Encoding", accepted));
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
