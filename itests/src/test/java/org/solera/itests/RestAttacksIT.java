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
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.solera.bench.appliance.ApplianceBox;
import org.solera.bench.appliance.Credentials;

/** Attacks the API as people do who want in, or want it down. */
class RestAttacksIT {
    private static final String API = "/api/v1";
    private static final int BODIES = Integer.getInteger("solera.fuzz.bodies", 1_000);
    private static final long SEED = Long.getLong("solera.fuzz.seed", 20_261_122L);

    /** What no answer may tell: names of classes, lines of a stack, folders of the machine, products behind the port. */
    private static final Pattern INSIDE = Pattern.compile(
            "\\b(org|com|java|javax|sun)\\.[a-z]+\\.[A-Za-z.]+|\\bat [a-z]+\\.[a-zA-Z.]+\\(|Exception\\b"
                    + "|/(tmp|root|home|opt|var|usr)/|Tomcat|Apache|Karaf|Derby|Hibernate|\\bSQL");

    private static ApplianceBox box;
    private static RawRest owner;

    @BeforeAll
    static void boot(@TempDir Path folder) throws IOException, InterruptedException {
        box = ApplianceBox.boot(Workplace.repository(), folder.resolve("data"));
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

    /** One method that takes a body. */
    private record Target(String verb, String path, JsonNode schema, boolean binary) {}

    @Test
    void aThousandOddBodiesForEachResourceHarmNothingAndTellNothing() throws Exception {
        String password = TestPeople.person(box, owner, "fuzzer", "OWNER");
        TestPeople.person(box, owner, "victim", "VIEWER");
        JsonNode document = owner.get(API + "/openapi.json").json();
        List<Target> targets = targets(document);
        assertTrue(targets.size() >= 15, targets.toString());
        ExecutorService threads = Executors.newFixedThreadPool(3);
        try {
            List<Future<List<String>>> all = new ArrayList<>();
            for (Target each : targets) {
                Callable<List<String>> fuzz = () -> fuzz(each, document, password);
                all.add(threads.submit(fuzz));
            }
            List<String> wrong = new ArrayList<>();
            for (Future<List<String>> each : all) {
                wrong.addAll(each.get());
            }
            assertEquals("", String.join("\n", wrong.subList(0, Math.min(20, wrong.size()))));
        } finally {
            threads.shutdownNow();
        }
        assertTrue(box.ready());
        Credentials known = box.credentials();
        assertEquals(200, owner.signIn(known.user(), known.password()).status());
        RawRest.Answer audit = owner.send("POST", API + "/audit/verify", "", Map.of());
        assertTrue(audit.json().path("whole").asBoolean(), audit.body());
    }

    private List<Target> targets(JsonNode document) throws IOException {
        Map<String, Target> all = new TreeMap<>();
        JsonNode settings = owner.get(API + "/system/settings").json().get("items");
        JsonNode rules = owner.get(API + "/system/rules").json().get("items");
        document.get("paths")
                .fields()
                .forEachRemaining(path -> path.getValue().fields().forEachRemaining(verb -> {
                    JsonNode content = verb.getValue().at("/requestBody/content");
                    if (content.isMissingNode()) {
                        return;
                    }
                    String address = path.getKey()
                            .replace(
                                    "settings/{id}",
                                    "settings/" + settings.path(0).path("id").asText("x"))
                            .replace(
                                    "rules/{id}",
                                    "rules/" + rules.path(0).path("id").asText("x"))
                            .replace("people/{name}", "people/victim")
                            .replaceAll("\\{[^}]+}", "no-such-thing");
                    boolean binary = !content.has("application/json");
                    JsonNode schema = content.elements().next().get("schema");
                    all.put(
                            address + verb.getKey(),
                            new Target(verb.getKey().toUpperCase(Locale.ROOT), address, schema, binary));
                }));
        return List.copyOf(all.values());
    }

    private static List<String> fuzz(Target target, JsonNode document, String password) throws IOException {
        List<String> wrong = new ArrayList<>();
        BodyFuzzer fuzzer = new BodyFuzzer(SEED + target.path().hashCode(), document);
        try (RawRest rest = rest()) {
            if (!target.path().endsWith("/users/session")) {
                assertEquals(200, rest.signIn("fuzzer", password).status());
            }
            for (int i = 0; i < BODIES; i++) {
                String body = fuzzer.body(target.schema());
                RawRest.Answer answer = rest.send(
                        target.verb(),
                        target.path(),
                        body,
                        target.binary()
                                ? Map.of("If-Match", "*", "Content-Type", "application/octet-stream")
                                : Map.of("If-Match", "*"));
                boolean failed = answer.status() >= 500 && answer.status() != 503;
                boolean tells =
                        answer.status() >= 400 && INSIDE.matcher(answer.body()).find();
                if ((failed || tells) && wrong.size() < 5) {
                    wrong.add("%s %s %s -> %d %s"
                            .formatted(
                                    target.verb(),
                                    target.path(),
                                    body.length() > 300 ? body.substring(0, 300) : body,
                                    answer.status(),
                                    answer.body()));
                }
            }
        }
        return wrong;
    }
}
