// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.persistence.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.solera.platform.api.SoleraException;
import org.solera.platform.persistence.api.Database;

/** The embedded database after its process was killed, or its disk was full. */
class CrashTest {
    private static final int CHANGES = 1_000;
    private static final int MAX_KILLS = 12;

    @TempDir
    Path folder;

    private Process child(List<String> before, String... arguments) throws IOException {
        List<String> line = new ArrayList<>(before);
        line.addAll(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                CrashChild.class.getName()));
        line.addAll(List.of(arguments));
        return new ProcessBuilder(line)
                .redirectError(folder.resolve("child.log").toFile())
                .start();
    }

    private static BufferedReader output(Process process) {
        return new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    }

    private static void kill(Process process) throws InterruptedException {
        // Not by the process itself: that would close its output before it is read to the end.
        assertTrue(ProcessHandle.of(process.pid()).orElseThrow().destroyForcibly());
        assertTrue(process.waitFor(20, TimeUnit.SECONDS));
    }

    @Test
    void aKillDuringMigrationsLeavesWholeStepsAndTheNextStartGoesOn() throws Exception {
        Path data = folder.resolve("data");
        int before = 0;
        for (int i = 0; i < 3; i++) {
            Process process = child(List.of(), "migrate", data.toString());
            try (BufferedReader lines = output(process)) {
                assertEquals("ready", lines.readLine());
                // In the middle of the steps, wherever that is: the log of the child is the clock.
                int wanted = before + 20;
                Path log = folder.resolve("child.log");
                Awaitility.await().atMost(30, TimeUnit.SECONDS).until(() -> steps(log) >= 20);
                kill(process);
                try (EmbeddedSource source = EmbeddedSource.open(data.resolve("state/persistence"))) {
                    int after = look(source);
                    assertTrue(after >= wanted && after < CrashChild.steps().size(), before + " to " + after);
                    before = after;
                }
            }
        }
        try (DatabaseBox box = DatabaseBox.embedded(data)) {
            Database database = box.serve(new NoteUnit(CrashChild.steps()));
            DatabaseCase.add(database, "works");
        }
        try (EmbeddedSource source = EmbeddedSource.open(data.resolve("state/persistence"))) {
            assertEquals(CrashChild.steps().size(), look(source));
        }
    }

    private static long steps(Path log) throws IOException {
        return Files.readString(log)
                .lines()
                .filter(line -> line.contains("is done."))
                .count();
    }

    /** {@return the steps that are done; each of them has its table and its row, and there is no other table} */
    private static int look(EmbeddedSource source) throws Exception {
        try (var connection = source.maintenance()) {
            connection.setAutoCommit(false);
            int done = Migrator.taken(connection, "note").size();
            List<String> tables = new Tables(connection)
                    .of("note").stream()
                            .filter(each -> each.startsWith("note_step"))
                            .toList();
            assertEquals(done - 1, tables.size());
            for (String table : tables) {
                try (var statement = connection.createStatement();
                        var rows = statement.executeQuery("select count(*) from " + table)) {
                    assertTrue(rows.next());
                    assertEquals(1, rows.getInt(1), table);
                }
            }
            connection.rollback();
            return done;
        }
    }

    @Test
    void killsDuringAThousandChangesLoseNothingThatWasSaidAndLeaveNoHalf() throws Exception {
        Path data = folder.resolve("data");
        int next = 0;
        for (int kills = 0; kills < MAX_KILLS && next < CHANGES; kills++) {
            Process process = child(List.of(), "change", data.toString(), String.valueOf(next));
            int said = next - 1;
            try (BufferedReader lines = output(process)) {
                assertEquals("ready", lines.readLine());
                int until = next + CHANGES / 4;
                while (said < until) {
                    said = Integer.parseInt(lines.readLine());
                }
                kill(process);
                String line = lines.readLine();
                while (line != null && line.matches("\\d+")) {
                    said = Integer.parseInt(line);
                    line = lines.readLine();
                }
            }
            next = verify(data, said);
        }
        assertTrue(next >= CHANGES, "only " + next + " changes");
    }

    private static int verify(Path data, int said) throws SoleraException {
        try (DatabaseBox box = DatabaseBox.embedded(data)) {
            List<String> labels = DatabaseCase.labels(box.serve(new NoteUnit()));
            List<Integer> first = numbers(labels, "a");
            assertEquals(first, numbers(labels, "b"));
            int stored = first.size();
            assertTrue(stored == said + 1 || stored == said + 2, "said " + said + ", stored " + stored);
            for (int i = 0; i < stored; i++) {
                assertEquals(i, first.get(i));
            }
            return stored;
        }
    }

    private static List<Integer> numbers(List<String> labels, String half) {
        return labels.stream()
                .filter(each -> each.startsWith(half))
                .map(each -> Integer.valueOf(each.substring(1)))
                .sorted()
                .toList();
    }

    @Test
    void aFullDiskRefusesChangesAndLosesNothing() throws Exception {
        Path data = folder.resolve("data");
        // A limit of the size of files stands in for the disk: writing beyond it fails as on a full disk.
        Process process = child(List.of("bash", "-c", "ulimit -f 3072; exec \"$@\"", "-"), "fill", data.toString());
        List<String> said;
        try (BufferedReader lines = output(process)) {
            said = lines.lines().toList();
        }
        assertTrue(process.waitFor(30, TimeUnit.SECONDS));
        assertTrue(said.contains("full BUSY"), said + Files.readString(folder.resolve("child.log")));
        int stored = said.stream()
                .filter(line -> line.startsWith("stored "))
                .map(line -> Integer.parseInt(line.substring(7)))
                .findFirst()
                .orElseThrow();
        assertTrue(stored > 0);
        try (DatabaseBox box = DatabaseBox.embedded(data)) { // with room again
            Database database = box.serve(new NoteUnit());
            assertEquals(stored, DatabaseCase.labels(database).size());
            DatabaseCase.add(database, "more");
        }
    }
}
