// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.history.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.solera.platform.api.history.MetricHistory.Aggregate;
import org.solera.platform.api.history.MetricHistory.Series;
import org.solera.platform.history.internal.Shelf.Rows;

class KillTest {
    @TempDir
    Path folder;

    @Test
    void losesNothingThatWasRecordedWhenTheProcessIsKilled() throws IOException, InterruptedException {
        long start = 1_800_000_000L / 600 * 600;
        for (int round = 0; round < 4; round++) {
            long last = runAndKill(start, 37 + round * 23);
            try (Shelves shelves = new Shelves(folder)) {
                Series first = new Series("n", Map.of("i", "0"), false);
                Rows rows = shelves.read("n", Resolution.FINE, Aggregate.AVERAGE, 0, Long.MAX_VALUE)
                        .get(first);
                assertNotNull(rows);
                long end = rows.first() + (rows.values().length - 1) * rows.step();
                assertTrue(end >= last, "round " + round + ": kept until " + end + ", said " + last);
                assertEquals(last, rows.values()[rows.values().length - 1 - (int) ((end - last) / 15)]);
            }
            assertTrue(Files.notExists(folder.resolve("catalog.damaged")), "round " + round);
            assertTrue(Files.notExists(folder.resolve("shelf-00.rrd.damaged")), "round " + round);
            start = last + 600;
        }
    }

    /** {@return the last time that the process said it had recorded} */
    private long runAndKill(long start, int records) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        KilledRecorder.class.getName(),
                        folder.toString(),
                        Long.toString(start))
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        long last = 0;
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            for (int i = 0; i < records; i++) {
                String line = lines.readLine();
                assertNotNull(line, "the process ended by itself");
                last = Long.parseLong(line);
            }
            assertTrue(process.toHandle().destroyForcibly()); // leaves open what it said before it died
            for (String line = lines.readLine(); line != null && line.length() == 10; line = lines.readLine()) {
                last = Long.parseLong(line);
            }
        }
        process.waitFor();
        return last;
    }
}
