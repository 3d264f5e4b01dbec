// SPDX-License-Identifier: Apache-2.0
package org.solera.itests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.solera.bench.appliance.ApplianceBox;

/**
 * Asks every method of every address of the API as nobody, as each role and as an operator of one bucket, and compares what
 * came of it with {@code docs/permissions.md}. {@code -Dsolera.permissions.write=true} writes that file anew.
 *
 * <p>Names in addresses are of things that do not exist and bodies are no JSON: a method that lets the caller in says so by
 * 400, 404, 412 or 428, and nothing is changed.
 */
@ExtendWith(SharedAppliance.class)
class PermissionsIT {
    private static final String BUCKET = "permitted";
    private static final Set<String> WITHOUT_BODY = Set.of("GET", "HEAD", "DELETE");

    /** One method of one address. */
    private record Operation(String verb, String path, String type) {}

    private static Map<String, String[]> people() {
        Map<String, String[]> people = new LinkedHashMap<>();
        people.put("viewer", new String[] {"VIEWER"});
        people.put("license-admin", new String[] {"LICENSE_ADMIN"});
        people.put("engineer", new String[] {"ENGINEER"});
        people.put("operator", new String[] {"OPERATOR"});
        people.put("operator-of-one-bucket", new String[] {"OPERATOR@bucket:" + BUCKET});
        people.put("owner", new String[] {"OWNER"});
        return people;
    }

    private static Path table() {
        return Workplace.repository().resolve("docs/permissions.md");
    }

    @Test
    void everyMethodAnswersEverybodyAsTheTableSays(ApplianceBox box) throws IOException {
        Map<Operation, List<String>> seen = new LinkedHashMap<>();
        List<String> names = new ArrayList<>(List.of("anonymous"));
        try (RawRest nobody = new RawRest(ApplianceBox.HOST, box.restPort());
                RawRest owner = TestPeople.owner(box)) {
            List<Operation> operations =
                    operations(nobody.get("/api/v1/openapi.json").json());
            operations.forEach(each -> seen.put(each, new ArrayList<>()));
            ask(nobody, operations, seen);
            for (Map.Entry<String, String[]> person : people().entrySet()) {
                String name = "walk-" + person.getKey();
                String password = TestPeople.person(box, owner, name, person.getValue());
                try (RawRest rest = new RawRest(ApplianceBox.HOST, box.restPort())) {
                    assertEquals(200, rest.signIn(name, password).status());
                    ask(rest, operations, seen);
                }
                names.add(person.getKey());
            }
        }
        String text = text(names, seen);
        if (Boolean.getBoolean("solera.permissions.write")) {
            Files.writeString(table(), text, StandardCharsets.UTF_8);
        }
        assertEquals(Files.readString(table(), StandardCharsets.UTF_8), text, "docs/permissions.md");
    }

    /** What ends the session comes last. */
    private static List<Operation> operations(JsonNode document) {
        Map<String, Operation> all = new TreeMap<>();
        document.get("paths")
                .fields()
                .forEachRemaining(path -> path.getValue().fields().forEachRemaining(verb -> {
                    boolean ends =
                            verb.getKey().equals("delete") && path.getKey().equals("/api/v1/users/session");
                    JsonNode content = verb.getValue().at("/requestBody/content");
                    String type = content.isEmpty()
                            ? "application/json"
                            : content.fieldNames().next();
                    all.put(
                            (ends ? "~" : "") + path.getKey() + " " + verb.getKey(),
                            new Operation(verb.getKey().toUpperCase(Locale.ROOT), path.getKey(), type));
                }));
        assertTrue(all.size() > 60, "the document describes " + all.size() + " methods");
        return List.copyOf(all.values());
    }

    private static void ask(RawRest rest, List<Operation> operations, Map<Operation, List<String>> seen)
            throws IOException {
        for (Operation each : operations) {
            String path = each.path().replace("{bucket}", BUCKET).replaceAll("\\{[^}]+}", "no-such-thing");
            RawRest.Answer answer = WITHOUT_BODY.contains(each.verb())
                    ? rest.send(each.verb(), path, "", Map.of())
                    : rest.send(each.verb(), path, "{", Map.of("Content-Type", each.type()));
            String what = each.verb() + " " + path + ": " + answer.status() + " " + answer.body();
            assertTrue(answer.status() < 500 || answer.status() == 503, what);
            seen.get(each).add(word(answer.status()));
        }
    }

    private static String word(int status) {
        return switch (status) {
            case 401 -> "sign in";
            case 403 -> "no";
            default -> "yes";
        };
    }

    private static String text(List<String> names, Map<Operation, List<String>> seen) {
        StringBuilder text = new StringBuilder("""
                # Who may call what

                Every method of the API, asked as nobody, as each role and as an operator of one bucket. Written by
                `PermissionsIT` with `-Dsolera.permissions.write=true`, which also compares it with the appliance. "sign in":
                401, "no": 403, "yes": anything else. The operator of one bucket asks for that bucket. Settings that
                say `ofOwners` are changed by owners alone, whatever the table says.

                """);
        text.append("| method | address | ").append(String.join(" | ", names)).append(" |\n");
        text.append("|---|---|").append("---|".repeat(names.size())).append('\n');
        seen.forEach((operation, words) -> text.append("| ")
                .append(operation.verb())
                .append(" | `")
                .append(operation.path().substring("/api/v1".length()))
                .append("` | ")
                .append(String.join(" | ", words))
                .append(" |\n"));
        return text.toString();
    }

    @Test
    void everyPortTellsNobodyOnlyWhatItShould(ApplianceBox box) throws IOException {
        Map<String, Integer> told = new LinkedHashMap<>();
        try (RawRest console = new RawRest(ApplianceBox.HOST, box.restPort());
                RawRest s3 = new RawRest(ApplianceBox.HOST, box.s3Port(), false);
                RawRest download = new RawRest(ApplianceBox.HOST, box.downloadPort(), false);
                RawRest internal = new RawRest(ApplianceBox.HOST, 8181 + box.offset(), false)) {
            RawRest.Answer health = console.get("/api/v1/system/health");
            assertEquals(200, health.status());
            health.json()
                    .get("parts")
                    .forEach(part -> assertTrue(part.get("detail").isNull(), part.toString()));
            told.put("console metrics", console.get("/metrics").status());
            told.put("console events", console.get("/api/v1/system/events").status());
            told.put("console unknown", console.get("/api/v1/nothing").status());
            told.put("s3 list", s3.get("/").status());
            told.put("s3 bucket", s3.get("/" + BUCKET).status());
            told.put(
                    "s3 put", s3.send("PUT", "/" + BUCKET + "/x", "x", Map.of()).status());
            told.put("download", download.get("/" + BUCKET + "/x").status());
            RawRest.Answer behind = internal.get("/r1.2.3/api/v1/users/people");
            told.put("internal", behind.status());
            assertFalse(behind.body().contains("Tomcat"), behind.body());
        }
        assertEquals(
                Map.of(
                        "console metrics", 401,
                        "console events", 401,
                        "console unknown", 404,
                        "s3 list", 403,
                        "s3 bucket", 403,
                        "s3 put", 403,
                        "download", told.get("download"),
                        "internal", 404),
                told);
        assertTrue(Set.of(401, 403, 404).contains(told.get("download")), told.toString());
    }
}
