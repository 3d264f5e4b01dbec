// SPDX-License-Identifier: Apache-2.0
package org.solera.itests;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.solera.bench.appliance.ApplianceBox;
import org.solera.bench.appliance.FreePorts;
import org.solera.bench.appliance.Program;
import org.solera.bench.client.HttpConnection;
import org.solera.bench.client.HttpReply;
import org.solera.bench.client.RestClient;
import org.solera.bench.client.S3Client;

@ExtendWith(SharedAppliance.class)
class BootIT {
    private static final Duration LIMIT = Duration.ofSeconds(60);

    @TempDir
    private Path folder;

    private static Program.Result launcher(Map<String, String> environment, String... words)
            throws IOException, InterruptedException {
        Program program = Program.at(Workplace.repository().resolve("solera")).arguments(words);
        program.environment("SOLERA_BUILD", "no");
        environment.forEach(program::environment);
        return program.run(LIMIT);
    }

    private static void assertRefused(Program.Result result, String reason) {
        assertEquals(2, result.exitCode(), result.output());
        List<String> lines = result.output().strip().lines().toList();
        assertEquals(1, lines.size(), result.output());
        assertTrue(lines.get(0).contains(reason), result.output());
    }

    @Test
    void healthNeedsNoLoginAndSaysReady(ApplianceBox box) throws IOException {
        try (HttpConnection connection = new HttpConnection(ApplianceBox.HOST, box.restPort(), true, LIMIT)) {
            HttpReply reply = connection.exchange("GET", "/api/v1/system/health", Map.of(), new byte[0]);
            assertEquals(200, reply.status(), reply.text());
            assertTrue(RestClient.parse(reply).path("ready").asBoolean(), reply.text());
        }
    }

    @Test
    void statusTellsTheProcessAndTheHealthAsJson(ApplianceBox box) throws IOException, InterruptedException {
        Program.Result result =
                launcher(Map.of(), "status", "--json", "--data", box.data().toString());
        assertEquals(0, result.exitCode(), result.output());
        JsonNode status = new ObjectMapper().readTree(result.output());
        assertTrue(status.path("ready").asBoolean(), result.output());
        assertEquals(box.pid(), status.path("pid").asLong(), result.output());
    }

    @Test
    void twoAppliancesRunSideBySideAndShareNothing(ApplianceBox box) throws IOException, InterruptedException {
        byte[] mine = "of the first".getBytes(StandardCharsets.UTF_8);
        byte[] others = "of the second".getBytes(StandardCharsets.UTF_8);
        try (ApplianceBox second = TestDatabase.boot(folder.resolve("second"), "second");
                S3Client s3 = box.s3();
                S3Client secondS3 = second.s3()) {
            assertNotEquals(box.credentials().password(), second.credentials().password());
            assertNotEquals(box.credentials().secretKey(), second.credentials().secretKey());
            s3.createBucket("side-by-side");
            secondS3.createBucket("side-by-side");
            assertEquals(200, s3.put("side-by-side", "a", mine).status());
            assertEquals(200, secondS3.put("side-by-side", "a", others).status());
            assertArrayEquals(mine, s3.get("side-by-side", "a").body());
            assertArrayEquals(others, secondS3.get("side-by-side", "a").body());
            second.stop();
            assertTrue(box.ready());
        }
    }

    @Test
    void credentialsAreShownOnceOnly(ApplianceBox box) throws IOException, InterruptedException {
        Program.Result result =
                launcher(Map.of(), "status", "--data", box.data().toString());
        assertEquals(0, result.exitCode(), result.output());
        assertTrue(!result.output().contains(box.credentials().secretKey()), result.output());
        assertTrue(!result.output().contains(box.credentials().password()), result.output());
        assertTrue(Files.notExists(box.data().resolve("run/first-boot.txt")));
    }

    @Test
    void aSecondApplianceOnTheSameDataIsRefused(ApplianceBox box) throws IOException, InterruptedException {
        String offset = Integer.toString(FreePorts.offset());
        assertRefused(
                launcher(Map.of(), "run", "--detach", "--data", box.data().toString(), "--port-offset", offset),
                "already runs");
    }

    @Test
    void aPortInUseIsRefusedByItsNumber() throws IOException, InterruptedException {
        int offset = FreePorts.offset();
        try (ServerSocket taken = new ServerSocket()) {
            taken.bind(new InetSocketAddress("127.0.0.1", 9000 + offset));
            assertRefused(
                    launcher(
                            Map.of(),
                            "run",
                            "--detach",
                            "--data",
                            folder.resolve("data").toString(),
                            "--port-offset",
                            Integer.toString(offset)),
                    Integer.toString(taken.getLocalPort()));
        }
    }

    @Test
    void aDataFolderThatCannotBeMadeIsRefused() throws IOException, InterruptedException {
        assertRefused(launcher(Map.of(), "run", "--detach", "--data", "/proc/solera"), "/proc/solera");
    }

    @Test
    void aMissingJavaIsRefused() throws IOException, InterruptedException {
        Map<String, String> environment = Map.of("JAVA_HOME", folder.toString());
        assertRefused(
                launcher(
                        environment,
                        "run",
                        "--detach",
                        "--data",
                        folder.resolve("data").toString()),
                "JAVA_HOME");
    }

    @Test
    void aWrongOptionIsRefused() throws IOException, InterruptedException {
        assertRefused(launcher(Map.of(), "run", "--surprise"), "--surprise");
        assertRefused(launcher(Map.of(), "run", "--port-offset", "many"), "many");
    }
}
