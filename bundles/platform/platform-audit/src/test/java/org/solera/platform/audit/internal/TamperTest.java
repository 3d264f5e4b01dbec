// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.audit.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.solera.platform.api.HealthReport;
import org.solera.platform.api.SoleraException;
import org.solera.platform.api.audit.AuditRecord;
import org.solera.platform.api.audit.AuditVerdict;

/** Changes files of a chain in every way that needs no key, and asks whether verification finds and names it. */
class TamperTest {
    @TempDir
    Path folder;

    private Box box;

    @BeforeEach
    void start() throws SoleraException {
        box = new Box(folder.resolve("audit"));
        box.segmentBytes = 4096;
        box.start();
        box.changes(30);
        box.restart(); // the head covers everything
        box.notes(1);
        assertTrue(box.audit.verify().whole(), box.audit.verify().detail());
    }

    @AfterEach
    void stop() {
        box.stop();
    }

    private AuditVerdict broken() throws SoleraException {
        AuditVerdict verdict = box.audit.verify();
        assertFalse(verdict.whole(), "not found");
        assertTrue(verdict.broken() > 0, verdict.toString());
        assertFalse(verdict.detail().isEmpty());
        return verdict;
    }

    private List<String> lines(int segment) throws IOException {
        return new ArrayList<>(Files.readAllLines(box.segments().get(segment)));
    }

    private void write(int segment, List<String> lines) throws IOException {
        Files.writeString(box.segments().get(segment), String.join("\n", lines) + "\n");
    }

    private static long sequenceOf(String line) {
        return new Lines.View(line.getBytes(StandardCharsets.UTF_8), 0, line.length()).sequence();
    }

    @Test
    void everyFlippedBitIsFoundAndItsRecordNamed() throws Exception {
        Random random = new Random(7);
        for (Path file : box.segments()) {
            byte[] whole = Files.readAllBytes(file);
            int headEnd = new String(whole, StandardCharsets.UTF_8).indexOf('\n');
            for (int i = 0; i < 150; i++) {
                int at = random.nextInt(whole.length);
                byte[] changed = whole.clone();
                changed[at] ^= (byte) (1 << random.nextInt(8));
                Files.write(file, changed);
                AuditVerdict verdict = broken();
                String before = new String(whole, 0, at, StandardCharsets.UTF_8);
                String line = new String(whole, StandardCharsets.UTF_8)
                        .lines()
                        .toList()
                        .get((int) before.chars().filter(c -> c == '\n').count());
                if (at > headEnd) {
                    assertEquals(sequenceOf(line), verdict.broken(), "byte " + at + " of " + file + ": " + verdict);
                }
            }
            Files.write(file, whole);
        }
        assertTrue(box.audit.verify().whole());
    }

    @Test
    void everyRemovedLineIsFoundAndNamed() throws Exception {
        for (int segment = 0; segment < box.segments().size(); segment++) {
            List<String> whole = lines(segment);
            for (int i = 1; i < whole.size(); i++) {
                List<String> changed = new ArrayList<>(whole);
                String removed = changed.remove(i);
                write(segment, changed);
                assertEquals(sequenceOf(removed), broken().broken());
            }
            write(segment, whole);
        }
    }

    @Test
    void swappedLinesAreFoundAndNamed() throws Exception {
        List<String> lines = lines(1);
        long first = sequenceOf(lines.get(2));
        Collections.swap(lines, 2, 4);
        write(1, lines);
        assertEquals(first, broken().broken());
    }

    @Test
    void aRepeatedLineIsFoundAndNamed() throws Exception {
        List<String> lines = lines(1);
        long twice = sequenceOf(lines.get(3));
        lines.add(4, lines.get(3));
        write(1, lines);
        assertEquals(twice, broken().broken());
    }

    @Test
    void anInsertedRecordWithARightHashIsFoundAndNamed() throws Exception {
        List<String> lines = lines(1);
        Lines.View before = view(lines.get(3));
        lines.add(4, forged(before.sequence() + 1, before.hash()));
        write(1, lines);
        assertEquals(before.sequence() + 1, broken().broken());
    }

    @Test
    void aReplacedRecordWithARightHashIsFoundAndNamed() throws Exception {
        for (int at : new int[] {1, 3, lines(1).size() - 1}) {
            List<String> lines = lines(1);
            List<String> whole = List.copyOf(lines);
            Lines.View old = view(lines.get(at));
            lines.set(at, forged(old.sequence(), previous(lines.get(at))));
            write(1, lines);
            assertEquals(old.sequence(), broken().broken());
            write(1, whole);
        }
    }

    private static Lines.View view(String line) {
        return new Lines.View(line.getBytes(StandardCharsets.UTF_8), 0, line.length());
    }

    private static String previous(String line) {
        int at = line.lastIndexOf("\"previous\":\"") + 12;
        return line.substring(at, at + 64);
    }

    private static String forged(long sequence, String previous) {
        MessageDigest digest = Lines.sha256();
        byte[] line = Lines.encode(
                        sequence,
                        Instant.parse("2026-03-04T05:06:07Z"),
                        new Lines.Body(Box.event("eve", "users.create", "x"), "done", null, "", ""),
                        previous,
                        digest)
                .bytes();
        return new String(line, 0, line.length - 1, StandardCharsets.UTF_8);
    }

    @Test
    void aRewrittenRestOfTheChainIsFound() throws Exception {
        for (int from : new int[] {0, box.segments().size() - 1}) {
            List<List<String>> whole = new ArrayList<>();
            for (int i = 0; i < box.segments().size(); i++) {
                whole.add(lines(i));
            }
            rewriteFrom(from);
            broken();
            for (int i = 0; i < whole.size(); i++) {
                write(i, whole.get(i));
            }
            assertTrue(box.audit.verify().whole());
        }
    }

    /** What somebody can do who knows the format and has no key: all hashes new from one record on. */
    private void rewriteFrom(int segment) throws IOException {
        List<String> first = lines(segment);
        String hash = previous(first.get(1));
        for (int i = segment; i < box.segments().size(); i++) {
            List<String> lines = lines(i);
            String head = lines.get(0);
            lines.set(0, head.replaceFirst("\"previous\":\"[0-9a-f]{64}\"", "\"previous\":\"" + hash + "\""));
            for (int j = 1; j < lines.size(); j++) {
                Lines.View old = view(lines.get(j));
                AuditRecord record = old.record();
                byte[] bytes = Lines.encode(
                                old.sequence(),
                                record.time(),
                                new Lines.Body(
                                        Box.event("nobody", record.event().action(), "rewritten"),
                                        record.outcome(),
                                        record.begun(),
                                        record.code(),
                                        record.message()),
                                hash,
                                Lines.sha256())
                        .bytes();
                String line = new String(bytes, 0, bytes.length - 1, StandardCharsets.UTF_8);
                hash = view(line).hash();
                lines.set(j, line);
            }
            write(i, lines);
        }
    }

    @Test
    void everyRemovedSegmentIsFoundAndNamed() throws Exception {
        for (int i = 0; i < box.segments().size(); i++) {
            Path file = box.segments().get(i);
            long first = sequenceOf(lines(i).get(1));
            byte[] whole = Files.readAllBytes(file);
            Files.delete(file);
            assertEquals(first, broken().broken());
            Files.write(file, whole);
        }
    }

    @Test
    void aSegmentRemovedWhileTheBoxWasOffIsFoundAndNamed() throws Exception {
        for (int i = 0; i < box.segments().size(); i++) {
            box.stop();
            Path file = box.segments().get(i);
            long first = sequenceOf(lines(i).get(1));
            byte[] whole = Files.readAllBytes(file);
            boolean last = i == box.segments().size() - 1;
            Files.delete(file);
            box.start();
            assertEquals(first, broken().broken(), "segment " + i);
            if (last) {
                return;
            }
            Files.write(file, whole);
            box.restart();
        }
    }

    @Test
    void aTailCutWhileTheBoxRunsIsFoundAndNamed() throws Exception {
        int last = box.segments().size() - 1;
        List<String> lines = lines(last);
        long cut = sequenceOf(lines.get(lines.size() - 1));
        write(last, lines.subList(0, lines.size() - 1));
        assertEquals(cut, broken().broken());
    }

    @Test
    void aTailCutWhileTheBoxWasOffIsFoundAndStaysFound() throws Exception {
        box.stop();
        int last = box.segments().size() - 1;
        List<String> lines = lines(last);
        long cut = sequenceOf(lines.get(lines.size() - 1));
        write(last, lines.subList(0, lines.size() - 1));
        box.start();
        box.changes(3);
        assertEquals(cut, broken().broken());
        assertEquals(HealthReport.Status.DEGRADED, box.audit.check().status());
        assertTrue(damage().contains("missing"), damage());
        box.restart();
        assertEquals(cut, broken().broken());
    }

    private String damage() throws SoleraException {
        return box.records().stream()
                .filter(each -> each.event().action().equals(Clean.OWN + "damaged"))
                .map(each -> each.event().details().get("finding"))
                .findFirst()
                .orElse("");
    }

    @Test
    void aLastRecordReplacedWhileTheBoxWasOffIsFoundAndStaysFound() throws Exception {
        box.stop();
        int last = box.segments().size() - 1;
        List<String> lines = lines(last);
        String old = lines.get(lines.size() - 1);
        lines.set(lines.size() - 1, forged(sequenceOf(old), previous(old)));
        write(last, lines);
        box.start();
        box.notes(1);
        assertEquals(sequenceOf(old), broken().broken());
        assertTrue(damage().contains("signed"), damage());
    }

    @Test
    void allSegmentsRemovedWhileTheBoxWasOffIsFound() throws Exception {
        box.stop();
        for (Path file : box.segments()) {
            Files.delete(file);
        }
        box.start();
        box.notes(1);
        assertEquals(1, broken().broken());
        assertTrue(damage().contains("missing"), damage());
    }

    @Test
    void aChangedOrMissingHeadIsFound() throws Exception {
        Path head = box.folder.resolve("head");
        String whole = Files.readString(head);
        Files.writeString(head, whole.replaceFirst("\"sequence\":\\d+", "\"sequence\":1"));
        broken();
        Files.delete(head);
        broken();
        box.stop();
        Files.deleteIfExists(head);
        box.start();
        box.notes(1);
        assertTrue(damage().contains("head"), damage());
    }

    @Test
    void anotherKeyIsFound() throws Exception {
        box.stop();
        Files.delete(box.folder.resolve("key"));
        box.start();
        box.notes(1);
        broken();
        assertTrue(damage().contains("key"), damage());
    }

    @Test
    void somethingAddedBehindAFullSegmentIsFound() throws Exception {
        Path file = box.segments().get(0);
        Files.writeString(file, Files.readString(file) + "more\n");
        broken();
    }

    @Test
    void anOlderCopyOfTheLastSegmentIsFound() throws Exception {
        int last = box.segments().size() - 1;
        byte[] older = Files.readAllBytes(box.segments().get(last));
        box.notes(2);
        box.stop();
        long first = sequenceOf(lines(last).get(lines(last).size() - 2));
        Files.write(box.segments().get(last), older);
        box.start();
        assertEquals(first, broken().broken());
    }
}
