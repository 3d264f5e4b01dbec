// SPDX-License-Identifier: Apache-2.0
package org.solera.itests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.solera.bench.appliance.ApplianceBox;

/** Attacks the API as people do who want in, or want it down. */
class RestAttacksIT {
    private static final String API = "/api/v1";
    private static ApplianceBox box;
    private static RawRest owner;

    @BeforeAll
    static void boot(@TempDir Path folder) throws IOException, InterruptedException {
        box = TestDatabase.boot(folder.resolve("data"), "attacks");
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

    private static int status(String path, String name, String value) throws IOException {
        try (RawRest rest = rest()) {
            return rest.send("GET", API + path, "", Map.of(name, value)).status();
        }
    }

    @Test
    void aCookieThatTheAttackerPlantedNeverBecomesASession() throws IOException {
        String password = TestPeople.person(box, owner, "fixed", "VIEWER");
        try (RawRest rest = rest()) {
            String body = RawRest.json(Map.of("name", "fixed", "password", password));
            RawRest.Answer first = rest.send(
                    "POST", API + "/users/session", body, Map.of("Cookie", "__Host-solera=planted-by-somebody-else"));
            assertEquals(200, first.status());
            assertNotEquals("__Host-solera=planted-by-somebody-else", RawRest.cookie(first));
            assertEquals(401, status("/users/me", "Cookie", "__Host-solera=planted-by-somebody-else"));
            RawRest.Answer second =
                    rest.send("POST", API + "/users/session", body, Map.of("Cookie", RawRest.cookie(first)));
            assertEquals(200, second.status());
            assertNotEquals(RawRest.cookie(first), RawRest.cookie(second));
            assertEquals(401, status("/users/me", "Cookie", RawRest.cookie(first)), "the one before is over");
            assertEquals(200, status("/users/me", "Cookie", RawRest.cookie(second)));
            String rules = second.headers().get("set-cookie");
            for (String rule : List.of("Secure", "HttpOnly", "SameSite=Lax", "Path=/")) {
                assertTrue(rules.contains(rule), rules);
            }
        }
    }

    @Test
    void anotherSiteCannotMakeABrowserChangeAnything() throws IOException {
        String password = TestPeople.person(box, owner, "forged", "OWNER");
        try (RawRest rest = rest()) {
            RawRest.Answer in = rest.signIn("forged", password);
            rest.never("X-Solera-Csrf");
            String group = "{\"name\":\"forged\"}";
            assertEquals(
                    "CSRF",
                    rest.send("POST", API + "/users/groups", group, Map.of()).code());
            assertEquals(
                    "CSRF",
                    rest.send("POST", API + "/users/groups", group, Map.of("X-Solera-Csrf", "guess"))
                            .code());
            String csrf = in.json().get("csrf").asText();
            for (String site : List.of("cross-site", "same-site")) {
                RawRest.Answer foreign = rest.send(
                        "POST", API + "/users/groups", group, Map.of("X-Solera-Csrf", csrf, "Sec-Fetch-Site", site));
                assertEquals("FORBIDDEN", foreign.code());
            }
            RawRest.Answer form = rest.send(
                    "POST",
                    API + "/users/groups",
                    "name=forged",
                    Map.of("X-Solera-Csrf", csrf, "Content-Type", "text/plain"));
            assertEquals(415, form.status());
            RawRest.Answer origin = rest.send("GET", API + "/users/me", "", Map.of("Origin", "https://evil.example"));
            assertNull(origin.headers().get("access-control-allow-origin"));
            assertEquals(404, rest.get(API + "/users/groups/forged").status(), "nothing of all this made the group");
        }
    }

    @Test
    void aRevokedTokenAndAReadOnlyOneOpenNothingMore() throws IOException {
        TestPeople.person(box, owner, "tokened", "OPERATOR");
        String token = TestPeople.token(owner, "tokened", false);
        String reader = TestPeople.token(owner, "tokened", true);
        assertEquals(200, status("/storage/buckets", "Authorization", "Bearer " + token));
        try (RawRest rest = rest()) {
            rest.always("Authorization", "Bearer " + reader);
            assertEquals(200, rest.get(API + "/storage/buckets").status());
            assertEquals(
                    403,
                    rest.send("POST", API + "/storage/buckets", "{\"name\":\"readers\"}", Map.of())
                            .status());
            rest.always("Authorization", "Bearer " + token);
            RawRest.Answer stronger = rest.send(
                    "POST",
                    API + "/users/me/tokens",
                    "{\"title\":\"more\",\"readOnly\":false,\"expiresAt\":\"2099-01-01T00:00:00Z\"}",
                    Map.of());
            assertEquals(403, stronger.status(), "a token makes no token");
        }
        for (JsonNode each :
                owner.get(API + "/users/people/tokened/tokens").json().get("items")) {
            String path = API + "/users/people/tokened/tokens/" + each.get("id").asText();
            assertEquals(204, owner.send("DELETE", path, "", Map.of()).status());
        }
        assertEquals(401, status("/storage/buckets", "Authorization", "Bearer " + token));
        assertEquals(401, status("/storage/buckets", "Authorization", "Bearer " + reader));
    }

    @Test
    void aStolenCookieIsWorthNothingAfterSignOutOrANewPassword() throws IOException {
        String password = TestPeople.person(box, owner, "robbed", "VIEWER");
        try (RawRest rest = rest();
                RawRest other = rest()) {
            String stolen = RawRest.cookie(rest.signIn("robbed", password));
            assertEquals(200, status("/users/me", "Cookie", stolen));
            RawRest.Answer out = rest.send("DELETE", API + "/users/session", "", Map.of());
            assertEquals(204, out.status());
            assertTrue(out.headers().get("set-cookie").contains("Max-Age=0"));
            assertEquals(401, status("/users/me", "Cookie", stolen));
            String again = RawRest.cookie(rest.signIn("robbed", password));
            assertEquals(200, other.signIn("robbed", password).status());
            String change = RawRest.json(Map.of("oldPassword", password, "newPassword", "quite-another-password"));
            assertEquals(
                    204,
                    other.send("PUT", API + "/users/me/password", change, Map.of())
                            .status());
            assertEquals(401, status("/users/me", "Cookie", again));
            assertEquals(200, other.get(API + "/users/me").status(), "whoever changed it stays signed in");
        }
    }

    @Test
    void guessingIsSlowedDownForTheGuesserOnly() throws IOException {
        TestPeople.person(box, owner, "guessed", "VIEWER");
        String bystander = TestPeople.person(box, owner, "bystander", "VIEWER");
        try (RawRest rest = rest()) {
            RawRest.Answer answer = rest.signIn("guessed", "guess-number-0000");
            assertEquals("UNAUTHENTICATED", answer.code());
            assertEquals(
                    answer.body().replaceAll("\"requestId\":\"[^\"]*\"", ""),
                    rest.signIn("nobody-at-all", "guess-number-0000").body().replaceAll("\"requestId\":\"[^\"]*\"", ""),
                    "whether there is such a user is not told");
            for (int i = 0; i < 30 && answer.status() == 401; i++) {
                answer = rest.signIn("guessed", "guess-number-%04d".formatted(i));
            }
            assertEquals(429, answer.status(), answer.body());
            assertEquals("BUSY", answer.code());
            int pause = Integer.parseInt(answer.headers().get("retry-after"));
            assertTrue(pause >= 1 && pause <= 60, "" + pause);
            assertEquals(200, rest.signIn("bystander", bystander).status());
        }
    }

    @Test
    void noPathLeadsOutOfTheApi() throws IOException {
        List<String> steps = List.of(
                "../../../../etc/passwd",
                "..%2f..%2f..%2fetc%2fpasswd",
                "%2e%2e/%2e%2e/etc/passwd",
                "..;/..;/etc/passwd",
                "..\\..\\etc\\passwd",
                "..%5c..%5cetc%5cpasswd",
                "%252e%252e%252fetc%252fpasswd",
                "....//....//etc/passwd",
                "%c0%ae%c0%ae/etc/passwd",
                "/etc/passwd",
                "file:%2f%2f%2fetc%2fpasswd",
                "x%00.json");
        List<String> roots = List.of(
                "/",
                "/api/v1/",
                API + "/system/backups/",
                API + "/system/settings/",
                API + "/upgrades/swaps/",
                API + "/users/people/",
                API + "/storage/buckets/");
        for (String root : roots) {
            for (String step : steps) {
                for (String end : List.of("", "/content")) {
                    RawRest.Answer answer = owner.get(root + step + end);
                    String what = root + step + end + " " + answer.status() + " " + answer.body();
                    assertTrue(answer.status() < 500, what);
                    assertFalse(answer.body().contains("root:"), what);
                    assertFalse(answer.status() == 200 && root.startsWith(API), what);
                }
            }
        }
    }

    @Test
    void fieldsThatAreNotAskedForAreRefusedByName() throws IOException {
        String password = TestPeople.person(box, owner, "climber", "VIEWER");
        for (String field :
                List.of("source", "version", "secondFactor", "mustChangePassword", "createdAt", "enabled")) {
            RawRest.Answer answer = owner.send(
                    "POST",
                    API + "/users/people",
                    "{\"name\":\"more\",\"password\":\"a-good-password\",\"%s\":null}".formatted(field),
                    Map.of());
            assertEquals(400, answer.status(), answer.body());
            assertTrue(answer.json().get("detail").asText().contains("'" + field + "'"), answer.body());
        }
        try (RawRest rest = rest()) {
            rest.signIn("climber", password);
            assertEquals(
                    405,
                    rest.send("PUT", API + "/users/me", "{\"grants\":[\"OWNER\"]}", Map.of())
                            .status());
            assertEquals(
                    403,
                    rest.send("PUT", API + "/users/people/climber", "{}", Map.of("If-Match", "*"))
                            .status());
            RawRest.Answer session = rest.send(
                    "POST",
                    API + "/users/session",
                    RawRest.json(Map.of("name", "climber", "password", password, "grants", List.of("OWNER"))),
                    Map.of());
            assertEquals(400, session.status());
            RawRest.Answer token = rest.send(
                    "POST",
                    API + "/users/me/tokens",
                    "{\"title\":\"t\",\"grants\":[\"OWNER\"],\"readOnly\":false,\"expiresAt\":\"%s\"}"
                            .formatted(java.time.Instant.now().plusSeconds(3_600)),
                    Map.of());
            if (token.status() == 201) {
                String secret = token.json().get("secret").asText();
                assertEquals(403, status("/users/people", "Authorization", "Bearer " + secret));
            }
        }
    }

    @Test
    void nobodyIsLedToAnotherSite() throws IOException {
        for (String where : List.of(
                "https://evil.example/",
                "//evil.example/",
                "/\\evil.example",
                "%2f%2fevil.example",
                "javascript:alert(1)")) {
            for (String path : List.of(
                    "/signin/oidc/start?return=" + where,
                    "/signin/oidc/callback?state=x&return=" + where,
                    "/" + where)) {
                try (RawRest rest = rest()) {
                    String location = rest.get(path).headers().getOrDefault("location", "");
                    assertFalse(
                            location.startsWith("http") || location.startsWith("//") || location.startsWith("/\\"),
                            path + " leads to " + location);
                }
            }
        }
    }

    @Test
    void noTextBecomesAHeader() throws IOException {
        List<RawRest.Answer> answers = new ArrayList<>();
        answers.add(owner.get(API + "/users/people/x%0d%0aSet-Cookie:%20evil=1"));
        answers.add(owner.get(API + "/users/people?cursor=%0d%0aSet-Cookie:%20evil=1"));
        answers.add(owner.get("/signin/oidc/start?return=/%0d%0aSet-Cookie:%20evil=1"));
        for (String resource : List.of("/users/people", "/users/groups")) {
            answers.add(owner.send(
                    "POST",
                    API + resource,
                    "{\"name\":\"x\\r\\nSet-Cookie: evil=1\"%s}"
                            .formatted(resource.endsWith("people") ? ",\"password\":\"a-good-password\"" : ""),
                    Map.of("Idempotency-Key", "k\tSet-Cookie")));
        }
        for (RawRest.Answer each : answers) {
            assertNull(each.headers().get("set-cookie"), each.toString());
            assertTrue(each.status() >= 300 && each.status() < 500, each.toString());
        }
    }
}
