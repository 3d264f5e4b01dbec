// SPDX-License-Identifier: Apache-2.0
package org.solera.itests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
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

/** Sends every method of the API what nobody meant it to take, and looks whether it fails or tells of its inside. */
class FuzzIT {
    private static final String API = "/api/v1";
    private static final int QUERIES = 100;
    private static final int THREADS = 4;
    private static final int BODIES = Integer.getInteger("solera.fuzz.bodies", 1_000);
    private static final long SEED = Long.getLong("solera.fuzz.seed", 20_261_122L);

    /** What no answer may tell: names of classes, lines of a stack, folders of the machine, products behind the port. */
    private static final Pattern INSIDE = Pattern.compile(
            "\\b(org|com|java|javax|sun)\\.[a-z]+\\.[A-Za-z.]+|\\bat [a-z]+\\.[a-zA-Z.]+\\(|Exception\\b"
                    + "|/(tmp|root|home|opt|var|usr)/|Tomcat|Apache|Karaf|Derby|Hibernate|\\bSQL");

    private static ApplianceBox box;
    private static RawRest owner;
    private static String password;

    @BeforeAll
    static void boot(@TempDir Path folder) throws IOException, InterruptedException {
        box = TestDatabase.boot(folder.resolve("data"), "fuzz");
        owner = TestPeople.owner(box);
        password = TestPeople.person(box, owner, "fuzzer", "OWNER");
        String unused = TestPeople.person(box, owner, "victim", "VIEWER");
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

    /** One method that takes a body. */
    private record Target(String verb, String path, JsonNode schema, boolean binary) {}

    @Test
    void aThousandOddBodiesForEachResourceHarmNothingAndTellNothing() throws Exception {
        JsonNode document = owner.get(API + "/openapi.json").json();
        List<Target> targets = targets(document);
        assertTrue(targets.size() >= 15, targets.toString());
        List<Callable<List<String>>> all = new ArrayList<>();
        for (Target each : targets) {
            // All sign in before the first wrong password makes this address wait.
            RawRest rest = rest();
            if (!each.path().endsWith("/users/session")) {
                assertEquals(200, rest.signIn("fuzzer", password).status());
            }
            all.add(() -> fuzz(each, document, rest));
        }
        assertHarmless(all);
        assertTrue(box.ready());
        assertEquals(200, owner.get(API + "/users/me").status());
        RawRest.Answer audit = owner.send("POST", API + "/audit/verify", "", Map.of());
        assertTrue(audit.json().path("whole").asBoolean(), audit.body());
    }

    private static void assertHarmless(List<Callable<List<String>>> attacks) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        try {
            List<String> wrong = new ArrayList<>();
            for (Future<List<String>> each : threads.invokeAll(attacks)) {
                wrong.addAll(each.get());
            }
            assertEquals("", String.join("\n", wrong.subList(0, Math.min(20, wrong.size()))));
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void oddQueriesAndNamesHarmNothingAndTellNothing() throws Exception {
        JsonNode document = owner.get(API + "/openapi.json").json();
        String token = TestPeople.token(owner, box.credentials().user(), true);
        List<Callable<List<String>>> all = new ArrayList<>();
        document.get("paths").fields().forEachRemaining(path -> {
            JsonNode parameters = path.getValue().at("/get/parameters");
            // A stream of events has no end.
            if (parameters.size() > 0 && !path.getKey().endsWith("/events")) {
                all.add(() -> ask(path.getKey(), parameters, token));
            }
        });
        assertTrue(all.size() >= 15, "" + all.size());
        assertHarmless(all);
        assertTrue(box.ready());
    }

    private static List<String> ask(String path, JsonNode parameters, String token) throws IOException {
        List<String> wrong = new ArrayList<>();
        BodyFuzzer fuzzer = new BodyFuzzer(SEED + path.hashCode(), parameters);
        try (RawRest rest = rest()) {
            rest.always("Authorization", "Bearer " + token);
            for (int i = 0; i < QUERIES; i++) {
                String target = path;
                StringBuilder query = new StringBuilder();
                for (JsonNode each : parameters) {
                    String name = each.get("name").asText();
                    String odd = URLEncoder.encode(fuzzer.text(), StandardCharsets.UTF_8);
                    if (each.get("in").asText().equals("path")) {
                        target = target.replace("{" + name + "}", odd.isEmpty() ? "x" : odd);
                    } else if (each.get("in").asText().equals("query")) {
                        query.append(query.isEmpty() ? '?' : '&')
                                .append(name)
                                .append('=')
                                .append(odd);
                    }
                }
                judge(rest.get(target + query), "GET " + target + query, wrong);
            }
        }
        return wrong;
    }

    private static void judge(RawRest.Answer answer, String what, List<String> wrong) {
        boolean failed = answer.status() >= 500 && answer.status() != 503;
        boolean tells = answer.status() >= 400 && INSIDE.matcher(answer.body()).find();
        if ((failed || tells) && wrong.size() < 5) {
            String shown = what.length() > 400 ? what.substring(0, 400) : what;
            wrong.add("%s -> %d %s".formatted(shown, answer.status(), answer.body()));
        }
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

    private static List<String> fuzz(Target target, JsonNode document, RawRest rest) throws IOException {
        List<String> wrong = new ArrayList<>();
        BodyFuzzer fuzzer = new BodyFuzzer(SEED + target.path().hashCode(), document);
        try (rest) {
            for (int i = 0; i < BODIES; i++) {
                String body = fuzzer.body(target.schema());
                RawRest.Answer answer = rest.send(
                        target.verb(),
                        target.path(),
                        body,
                        target.binary()
                                ? Map.of("If-Match", "*", "Content-Type", "application/octet-stream")
                                : Map.of("If-Match", "*"));
                judge(answer, target.verb() + " " + target.path() + " " + body, wrong);
            }
        }
        return wrong;
    }
}
