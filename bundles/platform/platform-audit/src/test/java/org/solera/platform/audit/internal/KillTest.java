// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.audit.internal;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.solera.platform.api.audit.AuditRecord;
import org.solera.platform.api.audit.AuditVerdict;

/** Kills a process that records, again and again, at moments that nobody chose. */
class KillTest {
    private static final int ROUNDS = 6;

    @TempDir
    Path folder;

    @Test
    @Timeout(200)
    void nothingAcknowledgedIsLostAndTheChainIsWhole() throws Exception {
        Random random = new Random();
        Set<String> acknowledged = new HashSet<>();
        for (int round = 0; round < ROUNDS; round++) {
            int lines = 50 + random.nextInt(3_000);
            acknowledged.addAll(runAndKill(round, lines, 64 * 1024));
            check(acknowledged);
        }
        assertTrue(acknowledged.size() > 300, "only " + acknowledged.size() + " were acknowledged");
    }

    private Set<String> runAndKill(int round, int lines, long segmentBytes) throws Exception {
        Process process = child("-Xmx128m", Appender.class, folder.toString(), "" + round, "" + segmentBytes);
        Set<String> seen = new HashSet<>();
        try (BufferedReader out = new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8))) {
            String line = out.readLine();
            for (int i = 0; line != null; i++) {
                if (i == lines) {
                    process.toHandle().destroyForcibly(); // and leaves the pipe open, to be read to its end
                }
                if (line.endsWith("begun") || line.endsWith("done")) {
                    seen.add(line); // what it still printed before it died counts as well
                }
                line = out.readLine();
            }
        }
        process.waitFor();
        assertTrue(seen.size() > 0, "the process printed nothing");
        return seen;
    }

    static Process child(String heap, Class<?> main, String... arguments) throws Exception {
        String path = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        List<String> command = new java.util.ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(), heap, "-cp", path, main.getName()));
        command.addAll(List.of(arguments));
        return new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    private void check(Set<String> acknowledged) throws Exception {
        try (Box box = new Box(folder)) {
            box.segmentBytes = 64 * 1024;
            box.start();
            box.notes(1);
            AuditVerdict verdict = box.audit.verify();
            assertTrue(verdict.whole(), verdict.detail());
            List<AuditRecord> records = box.records();
            Set<String> kept = new HashSet<>();
            Map<Long, String> outcomes = new HashMap<>();
            for (AuditRecord each : records) {
                kept.add(each.event().who() + " " + each.event().target() + " " + each.outcome());
                if (each.begun() != null) {
                    assertEquals(null, outcomes.put(each.begun(), each.outcome()), "two outcomes of " + each.begun());
                }
            }
            Set<String> lost = new HashSet<>(acknowledged);
            lost.removeAll(kept);
            assertEquals(Set.of(), lost);
            for (AuditRecord each : records) {
                if (each.outcome().equals("begun")) {
                    assertTrue(
                            outcomes.containsKey(each.sequence()),
                            "record %d has no outcome".formatted(each.sequence()));
                }
            }
        }
    }
}
