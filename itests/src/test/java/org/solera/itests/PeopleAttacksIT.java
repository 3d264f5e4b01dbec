// SPDX-License-Identifier: Apache-2.0
package org.solera.itests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.solera.bench.appliance.ApplianceBox;

/** Attacks by people who are in already: they want more than they have, or to stay when they should go. */
class PeopleAttacksIT {
    private static final String API = "/api/v1";
    private static final String PEOPLE = API + "/users/people/";
    private static final String GROUPS = API + "/users/groups/";
    private static final String TOKEN = "{\"title\":\"t\",\"readOnly\":false,\"expiresAt\":\"%s\"%s}";

    private static ApplianceBox box;
    private static RawRest owner;

    @BeforeAll
    static void boot(@TempDir Path folder) throws IOException, InterruptedException {
        box = TestDatabase.boot(folder.resolve("data"), "people");
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
            return rest.send("GET", path, "", Map.of(name, value)).status();
        }
    }

    private static int status(RawRest rest, String verb, String path, String body) throws IOException {
        return rest.send(verb, path, body, Map.of()).status();
    }

    private static RawRest.Answer edit(RawRest rest, String path, Object body) throws IOException {
        return rest.send("PUT", path, RawRest.json(body), Map.of("If-Match", version(path)));
    }

    private static String version(String path) throws IOException {
        return owner.get(path).headers().getOrDefault("etag", "*");
    }

    private static Map<String, Object> user(boolean enabled, String... grants) {
        return Map.of(
                "displayName", "", "email", "", "enabled", enabled, "groups", List.of(), "grants", List.of(grants));
    }

    private static String token(String more) {
        return TOKEN.formatted(Instant.now().plusSeconds(3_600), more);
    }

    @Test
    void whoeverIsDisabledIsOutAtOnceAndStaysOutOfOldSessions() throws IOException {
        String password = TestPeople.person(box, owner, "leaver", "OPERATOR");
        String token = TestPeople.token(owner, "leaver", false);
        try (RawRest rest = rest()) {
            String cookie = RawRest.cookie(rest.signIn("leaver", password));
            assertEquals(200, rest.get(API + "/storage/buckets").status());
            assertEquals(
                    200, edit(owner, PEOPLE + "leaver", user(false, "OPERATOR")).status());
            for (String path : List.of(API + "/storage/buckets", API + "/system/events", "/metrics")) {
                assertEquals(401, status(path, "Cookie", cookie), path);
                assertEquals(401, status(path, "Authorization", "Bearer " + token), path);
            }
            assertEquals(401, rest.signIn("leaver", password).status());
            assertEquals(
                    200, edit(owner, PEOPLE + "leaver", user(true, "OPERATOR")).status());
            assertEquals(401, status(API + "/users/me", "Cookie", cookie), "the session does not come back");
            assertEquals(200, rest.signIn("leaver", password).status());
        }
    }

    @Test
    void anotherRoleCountsFromTheNextRequestOn() throws IOException {
        String password = TestPeople.person(box, owner, "shrunk", "OPERATOR");
        String token = TestPeople.token(owner, "shrunk", false, "OPERATOR");
        try (RawRest rest = rest()) {
            assertEquals(200, rest.signIn("shrunk", password).status());
            String bucket = "{\"name\":\"shrunk-%d\"}";
            assertEquals(201, status(rest, "POST", API + "/storage/buckets", bucket.formatted(1)));
            assertEquals(
                    200, edit(owner, PEOPLE + "shrunk", user(true, "VIEWER")).status());
            assertEquals(403, status(rest, "POST", API + "/storage/buckets", bucket.formatted(2)));
            Map<String, String> bearer = Map.of("Authorization", "Bearer " + token);
            assertEquals(
                    403,
                    rest.send("POST", API + "/storage/buckets", bucket.formatted(3), bearer)
                            .status());
            assertEquals(200, status(API + "/storage/buckets", "Authorization", "Bearer " + token), "the weaker holds");
            assertEquals(200, rest.get(API + "/storage/buckets").status());
        }
    }

    @Test
    void whoeverGetsTheNameOfSomebodyDeletedInheritsNothing() throws IOException {
        String password = TestPeople.person(box, owner, "heir", "OWNER");
        String token = TestPeople.token(owner, "heir", false);
        try (RawRest rest = rest()) {
            String cookie = RawRest.cookie(rest.signIn("heir", password));
            String key = rest.send("POST", API + "/users/me/keys", "{\"title\":\"k\"}", Map.of())
                    .json()
                    .get("id")
                    .asText();
            String version = version(PEOPLE + "heir");
            assertEquals(
                    204,
                    owner.send("DELETE", PEOPLE + "heir", "", Map.of("If-Match", version))
                            .status());
            assertEquals(401, status(API + "/users/me", "Cookie", cookie));
            String unused = TestPeople.person(box, owner, "heir", "VIEWER");
            assertEquals(401, status(API + "/users/me", "Cookie", cookie));
            assertEquals(401, status(API + "/users/me", "Authorization", "Bearer " + token));
            for (String what : List.of("tokens", "keys")) {
                JsonNode items = owner.get(PEOPLE + "heir/" + what).json().get("items");
                assertEquals(0, items.size(), what + " " + items + " " + key);
            }
        }
    }

    @Test
    void codesOfTheSecondFactorAreNeitherGuessedNorUsedTwice() throws Exception {
        String password = TestPeople.person(box, owner, "coded", "VIEWER");
        try (RawRest rest = rest();
                RawRest guesser = rest()) {
            rest.signIn("coded", password);
            String uri = rest.send("POST", API + "/users/me/second-factor", "", Map.of())
                    .json()
                    .get("uri")
                    .asText();
            String code = Codes.now(uri);
            String confirm = RawRest.json(Map.of("code", code));
            RawRest.Answer confirmed = rest.send("PUT", API + "/users/me/second-factor", confirm, Map.of());
            assertEquals(200, confirmed.status(), confirmed.body());
            assertEquals(
                    "SECOND_FACTOR_NEEDED", guesser.signIn("coded", password).code());
            assertEquals(401, coded(guesser, password, code).status(), "the code was taken once already");
            RawRest.Answer answer = coded(guesser, password, "000000");
            for (int i = 1; i < 30 && answer.status() == 401; i++) {
                answer = coded(guesser, password, "%06d".formatted(i));
            }
            assertEquals(429, answer.status(), answer.body());
            assertTrue(Integer.parseInt(answer.headers().get("retry-after")) >= 1);
            String recovery = confirmed.json().get("recoveryCodes").get(0).asText();
            assertEquals(429, coded(guesser, password, recovery).status(), "not with the right one either");
            assertEquals(200, rest.get(API + "/users/me").status(), "whoever is in stays in");
        }
    }

    private static RawRest.Answer coded(RawRest rest, String password, String code) throws IOException {
        String body = RawRest.json(Map.of("name", "coded", "password", password, "code", code));
        return rest.send("POST", API + "/users/session", body, Map.of());
    }

    @Test
    void anOpenScreenIsNotEnoughToTakeAnAccountOver() throws IOException {
        String password = TestPeople.person(box, owner, "absent", "OWNER");
        try (RawRest rest = rest()) {
            rest.signIn("absent", password);
            String other = "{\"password\":\"a-password-of-mine\",\"mustChange\":false}";
            assertEquals(409, status(rest, "PUT", PEOPLE + "absent/password", other));
            assertEquals(409, status(rest, "POST", PEOPLE + "absent/second-factor/remove", ""));
            RawRest.Answer guess = rest.get(API + "/users/me");
            for (int i = 0; i < 30 && guess.status() != 429; i++) {
                String body = RawRest.json(Map.of("oldPassword", "guess-" + i, "newPassword", "a-password-of-mine"));
                guess = rest.send("PUT", API + "/users/me/password", body, Map.of());
                assertTrue(guess.status() == 403 || guess.status() == 429, guess.body());
            }
            assertEquals(429, guess.status(), "the present password is not guessed here either");
            String token = rest.send("POST", API + "/users/me/tokens", token(""), Map.of())
                    .json()
                    .get("secret")
                    .asText();
            Map<String, String> bearer = Map.of("Authorization", "Bearer " + token);
            String self = PEOPLE + "absent/tokens";
            assertEquals(403, rest.send("POST", self, token(""), bearer).status(), "a token makes itself no other");
        }
    }

    @Test
    void nobodyButAnOwnerDecidesWhoComesIn() throws IOException {
        String password = TestPeople.person(box, owner, "climbing", "ENGINEER", "OPERATOR");
        try (RawRest rest = rest()) {
            rest.signIn("climbing", password);
            JsonNode sections = rest.get(API + "/system/settings").json().get("items");
            List<String> ofOwners = new ArrayList<>();
            for (JsonNode each : sections) {
                String path = API + "/system/settings/" + each.get("id").asText();
                Map<String, String> match =
                        Map.of("If-Match", rest.get(path).headers().get("etag"));
                String nothing = "{\"values\":{}}";
                int put = rest.send("PUT", path, nothing, match).status();
                assertEquals(each.get("ofOwners").asBoolean() ? 403 : 200, put, path);
                if (put == 403) {
                    ofOwners.add(each.get("id").asText());
                    assertEquals(403, status(rest, "POST", path + "/test", nothing), path);
                }
            }
            assertTrue(
                    ofOwners.containsAll(
                            List.of("ldap", "oidc", "database", "audit", "backup", "sessions", "passwords")),
                    ofOwners.toString());
            String group = "{\"name\":\"climbers\",\"grants\":[\"OWNER\"]}";
            assertEquals(403, status(rest, "POST", API + "/users/groups", group));
            assertEquals(
                    403, edit(rest, PEOPLE + "climbing", user(true, "OWNER")).status());
            RawRest.Answer made =
                    rest.send("POST", API + "/users/me/tokens", token(",\"grants\":[\"OWNER\"]"), Map.of());
            if (made.status() == 201) {
                String secret = made.json().get("secret").asText();
                assertEquals(403, status(API + "/users/people", "Authorization", "Bearer " + secret));
                assertEquals(403, status(API + "/system/backups", "Authorization", "Bearer " + secret));
            }
        }
    }

    @Test
    void theLastOwnerCannotBeTakenAway() throws Exception {
        String name = box.credentials().user();
        String group = "{\"name\":\"lords\",\"grants\":[\"OWNER\"]}";
        assertEquals(201, status(owner, "POST", API + "/users/groups", group));
        assertEquals(
                409,
                owner.send("DELETE", PEOPLE + name, "", Map.of("If-Match", version(PEOPLE + name)))
                        .status());
        // All other owners of the tests of this class go first.
        for (JsonNode each :
                owner.get(API + "/users/people?role=OWNER&limit=1000").json().get("items")) {
            String other = each.get("name").asText();
            if (!other.equals(name)) {
                assertEquals(200, edit(owner, PEOPLE + other, user(true)).status());
            }
        }
        assertEquals(409, edit(owner, PEOPLE + name, user(false, "OWNER")).status());
        assertEquals(409, edit(owner, PEOPLE + name, user(true, "VIEWER")).status());
        Map<String, Object> byGroup = Map.of(
                "displayName", "", "email", "", "enabled", true, "groups", List.of("lords"), "grants", List.of());
        assertEquals(200, edit(owner, PEOPLE + name, byGroup).status());
        Map<String, Object> weaker = Map.of("description", "", "grants", List.of("VIEWER"), "external", List.of());
        assertEquals(409, edit(owner, GROUPS + "lords", weaker).status());
        Map<String, String> match = Map.of("If-Match", version(GROUPS + "lords"));
        assertEquals(409, owner.send("DELETE", GROUPS + "lords", "", match).status());
        assertEquals(200, edit(owner, PEOPLE + name, user(true, "OWNER")).status());
        twoOwnersPushEachOtherOut(name);
    }

    private static void twoOwnersPushEachOtherOut(String name) throws Exception {
        String password = TestPeople.person(box, owner, "rival", "OWNER");
        ExecutorService threads = Executors.newFixedThreadPool(2);
        try (RawRest rival = rest()) {
            rival.signIn("rival", password);
            for (int i = 0; i < 20; i++) {
                List<Callable<Integer>> both = List.of(
                        () -> edit(owner, PEOPLE + "rival", user(true, "VIEWER"))
                                .status(),
                        () -> rival.send(
                                        "PUT",
                                        PEOPLE + name,
                                        RawRest.json(user(true, "VIEWER")),
                                        Map.of("If-Match", "*"))
                                .status());
                List<Integer> statuses = new ArrayList<>();
                for (Future<Integer> each : threads.invokeAll(both)) {
                    statuses.add(each.get());
                }
                boolean stays = owner.get(PEOPLE + name).status() == 200;
                boolean rivalStays = rival.get(PEOPLE + name).status() == 200;
                assertTrue(stays || rivalStays, statuses.toString());
                RawRest one = stays ? owner : rival;
                for (String each : List.of(name, "rival")) {
                    String match = one.get(PEOPLE + each).headers().get("etag");
                    String body = RawRest.json(user(true, "OWNER"));
                    assertEquals(
                            200,
                            one.send("PUT", PEOPLE + each, body, Map.of("If-Match", match))
                                    .status());
                }
            }
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void idsOfOthersOpenNothing() throws IOException {
        String password = TestPeople.person(box, owner, "nosy", "OPERATOR");
        String others = TestPeople.person(box, owner, "private", "VIEWER");
        try (RawRest nosy = rest();
                RawRest victim = rest()) {
            nosy.signIn("nosy", password);
            String session =
                    victim.signIn("private", others).json().get("sessionId").asText();
            String token = victim.send("POST", API + "/users/me/tokens", token(""), Map.of())
                    .json()
                    .at("/token/id")
                    .asText();
            String key = victim.send("POST", API + "/users/me/keys", "{\"title\":\"k\"}", Map.of())
                    .json()
                    .get("id")
                    .asText();
            for (String each : List.of("sessions/" + session, "tokens/" + token, "keys/" + key)) {
                assertEquals(404, status(nosy, "DELETE", API + "/users/me/" + each, ""), each);
                assertEquals(403, status(nosy, "DELETE", PEOPLE + "private/" + each, ""), each);
            }
            String off = "{\"enabled\":false}";
            assertEquals(404, status(nosy, "PUT", API + "/users/me/keys/" + key, off));
            assertEquals(200, victim.get(API + "/users/me").status());
            assertTrue(victim.get(API + "/users/me/sessions").body().contains(session));
            assertTrue(victim.get(API + "/users/me/tokens").body().contains(token));
            JsonNode keys = victim.get(API + "/users/me/keys").json().get("items");
            assertTrue(keys.size() == 1 && keys.get(0).get("enabled").asBoolean(), keys.toString());
        }
    }

    @Test
    void aPasswordThatSomebodyElseSetOpensNothingButItsChange() throws IOException {
        String body = "{\"name\":\"fresh\",\"password\":\"set-by-somebody\",\"grants\":[\"OWNER\"]}";
        assertEquals(201, status(owner, "POST", API + "/users/people", body));
        try (RawRest rest = rest()) {
            String cookie = RawRest.cookie(rest.signIn("fresh", "set-by-somebody"));
            assertNotEquals("", cookie);
            for (String path : List.of(
                    API + "/users/people",
                    API + "/system/events",
                    API + "/users/me/tokens",
                    "/metrics",
                    API + "/users/me;x=1/tokens",
                    API + "/users/me/password/../tokens",
                    API + "/users/me%2ftokens")) {
                int status = rest.get(path).status();
                assertTrue(status >= 400 && status < 500, path + " " + status);
            }
            assertEquals(403, status(rest, "POST", API + "/users/me/tokens", token("")));
            String basic = Base64.getEncoder().encodeToString("fresh:set-by-somebody".getBytes(StandardCharsets.UTF_8));
            assertEquals(401, status(API + "/users/me", "Authorization", "Basic " + basic));
            RawRest.Answer health = rest.get(API + "/system/health");
            assertTrue(health.json().at("/parts/0/detail").isNull(), "it is nobody yet");
        }
    }

    @Test
    void anOddEndOfAKeyKeepsNobodyElseFromChanging() throws IOException {
        String password = TestPeople.person(box, owner, "eternal", "VIEWER");
        try (RawRest rest = rest()) {
            rest.signIn("eternal", password);
            for (String end :
                    List.of("+999999999-12-31T23:59:59Z", "-999999999-01-01T00:00:00Z", "9999-12-31T00:00:00Z")) {
                String key = "{\"title\":\"k\",\"expiresAt\":\"" + end + "\"}";
                assertEquals(400, status(rest, "POST", API + "/users/me/keys", key), end);
                String token = "{\"title\":\"t\",\"readOnly\":true,\"expiresAt\":\"" + end + "\"}";
                assertEquals(400, status(rest, "POST", API + "/users/me/tokens", token), end);
            }
        }
        String unused = TestPeople.person(box, owner, "after-eternal", "VIEWER");
        assertNull(owner.get(API + "/users/people/after-eternal").headers().get("set-cookie"));
    }
}
