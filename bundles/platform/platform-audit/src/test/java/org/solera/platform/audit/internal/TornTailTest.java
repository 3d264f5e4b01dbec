// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.audit.internal;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.solera.platform.api.HealthReport;
import org.solera.platform.api.SoleraException;

/** What kill -9 and power cuts leave behind the signed head. */
class TornTailTest {
    @TempDir
    Path folder;

    private Box box;
    private Path last;

    @BeforeEach
    void start() throws Exception {
        box = new Box(folder.resolve("audit")).start();
        box.changes(5);
        box.stop();
        last = box.segments().get(0);
    }

    @AfterEach
    void stop() {
        box.stop();
    }

    private void append(byte[] bytes) throws IOException {
        Files.write(last, bytes, StandardOpenOption.APPEND);
    }

    @Test
    void aTornLineIsCutWhereverItIsTorn() throws Exception {
        byte[] whole = Files.readAllBytes(last);
        List<String> lines = Files.readAllLines(last);
        byte[] next = Lines.encode(
                        lines.size(),
                        box.hands.now,
                        new Lines.Body(Box.event("anna", "a.b", "torn"), "begun", null, "", ""),
                        new Lines.View(
                                        lines.get(lines.size() - 1).getBytes(UTF_8),
                                        0,
                                        lines.get(lines.size() - 1).length())
                                .hash(),
                        Lines.sha256())
                .bytes();
        for (int length = 1; length < next.length; length += 17) {
            Files.write(last, whole);
            append(Arrays.copyOf(next, length));
            byte[] head = Files.readAllBytes(box.folder.resolve("head"));
            box.start();
            assertTrue(box.audit.verify().whole(), box.audit.verify().detail());
            assertEquals(10, box.theirs().size());
            assertEquals(HealthReport.Status.UP, box.audit.check().status());
            box.stop();
            Files.write(last, whole);
            Files.write(box.folder.resolve("head"), head);
        }
        box.start();
    }

    @Test
    void aWholeRecordBehindTheHeadIsKept() throws Exception {
        byte[] head = Files.readAllBytes(box.folder.resolve("head"));
        box.start();
        box.notes(3);
        box.stop();
        Files.write(box.folder.resolve("head"), head); // as if killed before the next second
        box.start();
        assertEquals(13, box.theirs().size());
        assertTrue(box.audit.verify().whole());
    }

    @Test
    void blocksThatAPowerCutLeftEmptyAreCutAndKeptAsEvidence() throws Exception {
        byte[] zeros = new byte[4096];
        zeros[100] = '\n';
        append(zeros);
        box.start();
        box.notes(1);
        assertTrue(box.audit.verify().whole(), box.audit.verify().detail());
        assertEquals(11, box.theirs().size());
        try (var files = Files.list(box.folder)) {
            assertEquals(
                    1,
                    files.filter(each -> each.getFileName().toString().startsWith("cut-"))
                            .count());
        }
        assertTrue(box.records().stream().anyMatch(each -> each.event().action().equals(Clean.OWN + "damaged")));
    }

    @Test
    void ofTheEvidenceTheNewestEightAreKept() throws Exception {
        for (int i = 0; i < 12; i++) {
            append("no record\n".getBytes(UTF_8));
            box.start();
            box.notes(1);
            box.stop();
        }
        try (var files = Files.list(box.folder)) {
            assertEquals(
                    8,
                    files.filter(each -> each.getFileName().toString().startsWith("cut-"))
                            .count());
        }
        box.start();
        assertTrue(box.audit.verify().whole(), box.audit.verify().detail());
    }

    @Test
    void aSegmentThatWasBeingMadeIsMadeAgain() throws SoleraException, IOException {
        Files.write(box.folder.resolve(Segment.name(2)), "{\"magic\":\"solera-au".getBytes(UTF_8));
        box.start();
        box.notes(1);
        assertTrue(box.audit.verify().whole(), box.audit.verify().detail());
        assertEquals(1, box.segments().size());
    }

    @Test
    void leftoversOfReplacedFilesAreRemoved() throws SoleraException, IOException {
        Files.write(box.folder.resolve("other.tmp"), new byte[10]);
        Files.createDirectories(box.folder.resolve("restored-1.tmp/inside"));
        box.start();
        assertTrue(Files.notExists(box.folder.resolve("restored-1.tmp")));
        assertTrue(Files.notExists(box.folder.resolve("other.tmp")));
    }
}
