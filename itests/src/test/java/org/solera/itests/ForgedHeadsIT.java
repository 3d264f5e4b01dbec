// SPDX-License-Identifier: Apache-2.0
package org.solera.itests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.solera.bench.appliance.ApplianceBox;

/** Attacks by what stands in the head of a request: as a proxy, as another site, as two requests in one. */
class ForgedHeadsIT {
    private static final String API = "/api/v1";
    private static final String SESSION = API + "/users/session";

    private static ApplianceBox box;
    private static RawRest owner;

    @BeforeAll
    static void boot(@TempDir Path folder) throws IOException, InterruptedException {
        box = TestDatabase.boot(folder.resolve("data"), "heads");
        owner = TestPeople.owner(box);
    }

    @AfterAll
    static void stop() throws IOException {
        if (owner != null) {
            owner.close();
        }
        if (box != null) {
            box.close();
        }
    }

    private static RawRest rest() {
        return new RawRest(ApplianceBox.HOST, box.restPort());
    }

    private static Map<String, String> forged(int number) {
        Map<String, String> head = new LinkedHashMap<>();
        head.put("X-Forwarded-For", "203.0.113." + number);
        head.put("Forwarded", "for=203.0.113." + number);
        head.put("X-Forwarded-Proto", "http");
        head.put("X-Solera-Forwarded", "guess");
        head.put("X-Solera-Request-Id", "mine");
        return head;
    }

    @Test
    void nobodyComesFromWhereTheySay() throws IOException {
        String password = TestPeople.person(box, owner, "spoofer", "VIEWER");
        String body = RawRest.json(Map.of("name", "spoofer", "password", password));
        try (RawRest rest = rest()) {
            RawRest.Answer in = rest.send("POST", SESSION, body, forged(1));
            assertEquals(200, in.status(), in.body());
            for (JsonNode each :
                    owner.get(API + "/users/people/spoofer/sessions").json().get("items")) {
                assertEquals("127.0.0.1", each.get("origin").asText());
            }
            RawRest.Answer audit = owner.get(API + "/audit/records?who=spoofer&limit=50");
            assertTrue(audit.body().contains("127.0.0.1") && !audit.body().contains("203.0.113"), audit.body());
            RawRest.Answer guess = in;
            for (int i = 0; i < 30 && guess.status() != 429; i++) {
                String wrong = RawRest.json(Map.of("name", "spoofer", "password", "guess-number-" + i));
                guess = rest.send("POST", SESSION, wrong, forged(i));
            }
            assertEquals(429, guess.status(), "another address in the head is no other address");
        }
    }

    @Test
    void aFormOfAnotherSiteSignsNobodyIn() throws IOException {
        String password = TestPeople.person(box, owner, "lured", "VIEWER");
        String body = RawRest.json(Map.of("name", "lured", "password", password));
        try (RawRest rest = rest()) {
            for (String query : List.of("", "?_ctype=json", "?_ctype=application/json", "?_method=POST")) {
                for (String type : List.of("text/plain", "application/x-www-form-urlencoded", "multipart/form-data")) {
                    RawRest.Answer answer = rest.send("POST", SESSION + query, body, Map.of("Content-Type", type));
                    assertEquals(415, answer.status(), query + " " + type + " " + answer.body());
                    assertNull(answer.headers().get("set-cookie"));
                }
            }
            for (String site : List.of("cross-site", "same-site")) {
                RawRest.Answer answer = rest.send("POST", SESSION, body, Map.of("Sec-Fetch-Site", site));
                assertEquals(403, answer.status(), answer.body());
                assertNull(answer.headers().get("set-cookie"));
            }
        }
    }

    @Test
    void noQueryAndNoHeaderMakesADeletionOfALook() throws IOException {
        String path = API + "/users/people/untouched";
        String unused = TestPeople.person(box, owner, "untouched", "VIEWER");
        for (String query : List.of("?_method=DELETE", "?_wadl", "?_type=xml")) {
            RawRest.Answer answer = owner.send("GET", path + query, "", Map.of("If-Match", "*"));
            assertEquals("untouched", answer.json().path("name").asText(), query + " " + answer.body());
        }
        RawRest.Answer answer =
                owner.send("GET", path, "", Map.of("X-HTTP-Method-Override", "DELETE", "If-Match", "*"));
        assertEquals("untouched", answer.json().path("name").asText());
        assertEquals(200, owner.get(path).status());
    }

    @Test
    void aCookieThatWasSlippedInNeitherOpensNorKeepsASession() throws IOException {
        String password = TestPeople.person(box, owner, "tossed", "VIEWER");
        try (RawRest rest = rest()) {
            RawRest.Answer in = rest.signIn("tossed", password);
            String mine = RawRest.cookie(in);
            String planted = "__Host-solera=" + "x".repeat(43);
            String csrf = in.json().get("csrf").asText();
            rest.never("Cookie");
            for (String cookies : List.of(mine + "; " + planted, "a=b; " + mine, mine)) {
                assertEquals(
                        200,
                        rest.send("GET", API + "/users/me", "", Map.of("Cookie", cookies))
                                .status(),
                        cookies);
            }
            for (String cookies :
                    List.of(planted, planted + "; a=b", "solera=" + mine.substring(14), "__host-solera=x")) {
                assertEquals(
                        401,
                        rest.send("GET", API + "/users/me", "", Map.of("Cookie", cookies))
                                .status(),
                        cookies);
            }
            Map<String, String> both = Map.of("Cookie", mine + "; " + planted, "X-Solera-Csrf", csrf);
            assertEquals(204, rest.send("DELETE", SESSION, "", both).status());
            assertEquals(
                    401,
                    rest.send("GET", API + "/users/me", "", Map.of("Cookie", mine))
                            .status(),
                    "it is over");
        }
    }

    @Test
    void twoRequestsInOneMixNoAnswersUp() throws IOException {
        String hidden = "0\r\n\r\nGET /api/v1/users/session HTTP/1.1\r\nHost: x\r\nX-Solera-Forwarded: x\r\n\r\n";
        String length = Integer.toString(hidden.length());
        List<Map<String, String>> heads = List.of(
                Map.of("Transfer-Encoding", "chunked", "Content-Length", length),
                Map.of("Transfer-Encoding", "chunked, identity", "Content-Length", length),
                Map.of("Transfer-Encoding", "xchunked", "Content-Length", length),
                Map.of("Transfer-Encoding", "identity", "Content-Length", length),
                Map.of("Content-Length", "+5"),
                Map.of("Content-Length", "5, 6"),
                Map.of("Content-Length", "0x10"),
                Map.of("Content-Length", "-1"),
                Map.of("Connection", "close, X-Solera-Forwarded, Cookie, Host"),
                Map.of("X-A", "b\rX-Solera-Forwarded: x"),
                Map.of("X-A", "b\r\n Content-Length: 5"),
                Map.of("Expect", "100-continue"),
                Map.of(
                        "Upgrade",
                        "h2c",
                        "Connection",
                        "Upgrade, HTTP2-Settings",
                        "HTTP2-Settings",
                        "AAMAAABkAAQAAP__"));
        for (int round = 0; round < 3; round++) {
            for (Map<String, String> head : heads) {
                try (RawRest rest = rest()) {
                    RawRest.Answer answer = rest.send("POST", SESSION, hidden, head);
                    assertTrue(answer.status() >= 400 && answer.status() < 500, head + " " + answer.status());
                } catch (IOException closed) {
                    assertTrue(closed.getMessage() != null, "closing without a word is an answer too");
                }
                // The connections to the container are kept for everybody: an answer left over would be somebody
                // else's.
                RawRest.Answer mine = owner.get(API + "/users/me");
                assertEquals(200, mine.status(), head + " " + mine.body());
                assertEquals(
                        box.credentials().user(), mine.json().at("/user/name").asText());
            }
        }
    }

    @Test
    void thePortBehindThePortServesNobody() throws IOException {
        try (RawRest behind = new RawRest(ApplianceBox.HOST, 8181 + box.offset(), false)) {
            for (String path :
                    List.of("/", "/api/v1/users/people", "/r1.1.1/api/v1/users/people", "/cxf", "/services")) {
                for (String secret : List.of("", "guess", "0".repeat(64))) {
                    RawRest.Answer answer = behind.send("GET", path, "", Map.of("X-Solera-Forwarded", secret));
                    assertTrue(answer.status() >= 400, path + " " + answer.status());
                }
            }
        }
    }
}
