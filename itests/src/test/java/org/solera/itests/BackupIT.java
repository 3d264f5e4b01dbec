// SPDX-License-Identifier: Apache-2.0
package org.solera.itests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.solera.bench.appliance.ApplianceBox;
import org.solera.bench.appliance.Credentials;
import org.solera.bench.appliance.Polling;
import org.solera.bench.client.HttpReply;
import org.solera.bench.client.RestClient;
import org.solera.bench.client.S3Client;
import org.solera.bench.client.SigV4;

/** A backup of one appliance becomes the control plane of another, through a kill in the middle of the restore. */
class BackupIT {
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String PASSPHRASE = "correct horse battery staple";
    private static final String PASSWORD = "a good password of ann";

    @TempDir
    private Path folder;

    /** What the first box leaves for the second. */
    private record Left(Credentials owner, byte[] archive, String keyId, String keySecret, long records) {}

    private static HttpReply change(RestClient rest, String method, String path, Map<String, ?> body)
            throws IOException {
        return rest.send(method, path, "application/json", JSON.writeValueAsBytes(body));
    }

    private static HttpReply expect(int status, HttpReply reply) throws IOException {
        assertEquals(status, reply.status(), reply.text());
        return reply;
    }

    private static void set(RestClient rest, String section, Map<String, ?> values) throws IOException {
        String version =
                rest.json("/system/settings/" + section).path("version").asText();
        expect(
                200,
                rest.send(
                        "PUT",
                        "/system/settings/" + section,
                        "application/json",
                        JSON.writeValueAsBytes(Map.of("values", values)),
                        Map.of("If-Match", "\"" + version + "\"")));
    }

    private static JsonNode ended(RestClient rest, String id) throws IOException, InterruptedException {
        Polling.await("the end of operation " + id, LIMIT, () -> {
            String state = rest.json("/system/operations/" + id).path("state").asText();
            return !state.equals("running") && !state.equals("waiting");
        });
        return rest.json("/system/operations/" + id);
    }

    private static long wholeAudit(RestClient rest) throws IOException {
        JsonNode verdict =
                RestClient.parse(expect(200, rest.send("POST", "/audit/verify", "application/json", new byte[0])));
        assertTrue(verdict.path("whole").asBoolean(), verdict.toString());
        return verdict.path("records").asLong();
    }

    private Left first() throws IOException, InterruptedException {
        try (ApplianceBox box = ApplianceBox.boot(Workplace.repository(), folder.resolve("first"));
                RestClient rest = box.rest()) {
            expect(
                    201,
                    change(
                            rest,
                            "POST",
                            "/users/people",
                            Map.of(
                                    "name",
                                    "ann",
                                    "displayName",
                                    "Ann",
                                    "email",
                                    "ann@example.org",
                                    "groups",
                                    List.of(),
                                    "grants",
                                    List.of("OPERATOR"),
                                    "password",
                                    "the first password of ann")));
            expect(
                    204,
                    change(
                            rest,
                            "PUT",
                            "/users/people/ann/password",
                            Map.of("password", PASSWORD, "mustChange", false)));
            JsonNode key = RestClient.parse(expect(
                    201,
                    change(
                            rest,
                            "POST",
                            "/users/people/ann/keys",
                            Map.of("title", "laptop", "grants", List.of("OPERATOR")))));
            set(rest, "time", Map.of("zone", "Asia/Shanghai"));
            set(rest, "webhook", Map.of("secret", "the secret of a webhook"));
            JsonNode begun = RestClient.parse(
                    expect(202, change(rest, "POST", "/system/backups", Map.of("passphrase", PASSPHRASE))));
            JsonNode backup = ended(rest, begun.path("operation").path("id").asText());
            assertEquals("succeeded", backup.path("state").asText(), backup.toString());
            String name = rest.json("/system/backups")
                    .path("items")
                    .path(0)
                    .path("name")
                    .asText();
            byte[] archive = expect(200, rest.get("/system/backups/" + name + "/content"))
                    .body();
            return new Left(
                    box.credentials(),
                    archive,
                    key.path("id").asText(),
                    key.path("secret").asText(),
                    wholeAudit(rest));
        }
    }

    @Test
    void aBackupOfOneBoxBecomesTheControlPlaneOfAnother() throws IOException, InterruptedException {
        Left left = first();
        try (ApplianceBox box = ApplianceBox.boot(Workplace.repository(), folder.resolve("second"))) {
            try (RestClient rest = box.rest()) {
                JsonNode archive = RestClient.parse(expect(
                        201, rest.send("POST", "/system/backups/upload", "application/octet-stream", left.archive())));
                String address = "/system/backups/" + archive.path("name").asText();
                HttpReply wrong = change(rest, "POST", address + "/check", Map.of("passphrase", PASSPHRASE + "x"));
                assertEquals(
                        "WRONG_PASSPHRASE", RestClient.parse(wrong).path("code").asText(), wrong.text());
                expect(200, change(rest, "POST", address + "/check", Map.of("passphrase", PASSPHRASE)));
                expect(202, change(rest, "POST", address + "/restore", Map.of("passphrase", PASSPHRASE)));
                killInTheMiddle(box);
            }
            box.start();
            Polling.await("the end of the restore", LIMIT, () -> !Files.exists(journal(box)));
            asOnTheFirst(box, left);
        }
    }

    private static Path journal(ApplianceBox box) {
        return box.data().resolve("state/backup/restore/journal");
    }

    private static void killInTheMiddle(ApplianceBox box) throws IOException, InterruptedException {
        Path journal = journal(box);
        long end = System.nanoTime() + LIMIT.toNanos();
        while (!Files.exists(journal) && System.nanoTime() < end) {
            Thread.onSpinWait();
        }
        box.kill();
        assertTrue(Files.exists(journal), "the kill came before or after the restore");
    }

    private static void asOnTheFirst(ApplianceBox box, Left left) throws IOException, InterruptedException {
        try (RestClient ann = new RestClient(ApplianceBox.HOST, box.restPort(), "ann", PASSWORD, LIMIT);
                RestClient owner = new RestClient(
                        ApplianceBox.HOST,
                        box.restPort(),
                        left.owner().user(),
                        left.owner().password(),
                        LIMIT)) {
            Polling.await(
                    "the sign-in of ann", LIMIT, () -> ann.get("/users/me").status() == 200);
            expect(200, owner.get("/users/people"));
            assertEquals(
                    "Asia/Shanghai",
                    owner.json("/system/settings/time")
                            .path("values")
                            .path("zone")
                            .asText());
            assertEquals(
                    "********",
                    owner.json("/system/settings/webhook")
                            .path("values")
                            .path("secret")
                            .asText());
            // A change of another value opens the secret to check it: the key that sealed it came along.
            set(owner, "webhook", Map.of("minimumSeverity", "critical"));
            assertTrue(wholeAudit(owner) > 0);
            String audit = owner.get("/audit/records?limit=1000").text();
            assertTrue(audit.contains("system.restore"), audit);
        }
        SigV4 signer = new SigV4(left.keyId(), left.keySecret(), "us-east-1");
        try (S3Client s3 = new S3Client(ApplianceBox.HOST, box.s3Port(), signer, LIMIT)) {
            s3.createBucket("of-ann");
            expect(200, s3.put("of-ann", "note", new byte[] {1, 2, 3}));
        }
    }
}
