// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.worker.internal;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Kills a whole Java process the hard way and looks for what it left behind. */
final class NoOrphanTest {
    @ParameterizedTest(name = "jail {0}, worker {1}")
    @CsvSource({"true, hang", "true, echo", "false, hang", "false, echo"})
    void noWorkerOutlivesAKilledAppliance(boolean jail, String worker) throws Exception {
        String script = worker.equals("hang") ? Scripts.HANG : Scripts.ECHO;
        Process appliance = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        OrphanProbe.class.getName(),
                        Boolean.toString(jail),
                        script)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        try (BufferedReader out =
                new BufferedReader(new InputStreamReader(appliance.getInputStream(), StandardCharsets.UTF_8))) {
            assertEquals("ready", out.readLine());
            // A jail takes a moment to become a process of its own below the one that was started.
            await().until(() -> appliance.descendants().count() >= (jail ? 4 : 2));
            List<ProcessHandle> children = appliance.descendants().toList();

            appliance.destroyForcibly().waitFor();

            assertTrue(children.size() >= 2);
            // The sleeps of the script end by themselves within a second; the scripts never would.
            await().atMost(Duration.ofSeconds(10))
                    .untilAsserted(() -> assertEquals(
                            List.of(),
                            children.stream()
                                    .filter(ProcessHandle::isAlive)
                                    .map(ProcessHandle::pid)
                                    .toList()));
        } finally {
            appliance.destroyForcibly();
        }
    }
}
