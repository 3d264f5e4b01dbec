// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.audit.internal;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.solera.platform.api.SoleraException;

class ExportTest {
    /** The commands of the README. */
    private static final String CHECK = String.join(
            "\n",
            "set -e",
            "head -n -1 export.jsonl | openssl dgst -sha256 -binary > digest",
            "tail -n 1 export.jsonl | sed 's/.*\"signature\":\"\\([^\"]*\\)\".*/\\1/' | openssl base64 -d -A > signature",
            "openssl pkeyutl -verify -pubin -inkey key.pem -rawin -in digest -sigfile signature");

    private static final String CHECK_RECORD = String.join(
            "\n",
            "set -e",
            "head -n 3 export.jsonl | tail -n 1 > record",
            "sed 's/,\"hash\":\"[0-9a-f]*\"}$//' record | tr -d '\\n' | openssl dgst -sha256 -r | cut -c 1-64",
            "sed 's/.*,\"hash\":\"\\([0-9a-f]*\\)\"}$/\\1/' record");

    @TempDir
    Path folder;

    private Box box;

    @BeforeEach
    void start() throws SoleraException {
        box = new Box(folder.resolve("audit"));
        box.segmentBytes = 4096;
        box.start();
        Instant start = box.hands.now;
        for (int i = 0; i < 40; i++) {
            box.hands.now = start.plusSeconds(i);
            box.notes(1);
        }
    }

    @AfterEach
    void stop() {
        box.stop();
    }

    private List<String> export(Instant from, Instant to) throws Exception {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        box.audit.export(from, to, out);
        return out.toString(UTF_8).lines().toList();
    }

    @Test
    void holdsAllRecordsOldestFirstAndOneSignature() throws Exception {
        List<String> lines = export(null, null);
        assertEquals(box.records().size() + 1, lines.size());
        assertTrue(lines.get(0).startsWith("{\"sequence\":1,"), lines.get(0));
        assertTrue(lines.get(lines.size() - 1).startsWith("{\"magic\":\"solera-audit-export\""));
    }

    @Test
    void holdsOnlyTheTimesAskedFor() throws Exception {
        Instant end = box.hands.now;
        assertEquals(5 + 1, export(end.minusSeconds(10), end.minusSeconds(5)).size());
        assertEquals(1, export(end.plusSeconds(1), null).size());
    }

    @Test
    void anybodyCanCheckItWithOpenssl() throws Exception {
        assertEquals(0, run("openssl version").rc(), "openssl is not installed: apt-get install openssl");
        try (OutputStream out = Files.newOutputStream(folder.resolve("export.jsonl"))) {
            box.audit.export(null, null, out);
        }
        Files.writeString(folder.resolve("key.pem"), box.audit.publicKeyPem());
        Ran ran = run(CHECK);
        assertEquals(0, ran.rc(), ran.output());
        assertTrue(ran.output().contains("Verified Successfully"), ran.output());
        String[] hashes = run(CHECK_RECORD).output().strip().split("\n");
        assertEquals(hashes[1], hashes[0]);

        String text = Files.readString(folder.resolve("export.jsonl"));
        Files.writeString(folder.resolve("export.jsonl"), text.replaceFirst("note-0", "note-1"));
        assertNotEquals(0, run(CHECK).rc());
        String[] changed =
                run(CHECK_RECORD.replace("-n 3", "-n 2")).output().strip().split("\n");
        assertNotEquals(changed[1], changed[0]);
    }

    private record Ran(int rc, String output) {}

    private Ran run(String script) throws Exception {
        Process process = new ProcessBuilder("bash", "-c", script)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), UTF_8);
        assertTrue(process.waitFor(30, TimeUnit.SECONDS));
        return new Ran(process.exitValue(), output);
    }
}
