// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.rest.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import java.util.zip.InflaterInputStream;
import org.junit.jupiter.api.Test;

/** What the server takes and gives as a body. */
class RestBodiesTest extends ThingsCase {
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
}
