// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.audit.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.solera.platform.api.PlatformError;
import org.solera.platform.api.SoleraException;
import org.solera.platform.api.audit.Audit;
import org.solera.platform.api.audit.AuditEvent;
import org.solera.platform.api.audit.AuditPage;
import org.solera.platform.api.audit.AuditQuery;
import org.solera.platform.api.audit.AuditRecord;

class ChainedAuditTest {
    @TempDir
    Path folder;

    private Box box;

    @BeforeEach
    void start() throws SoleraException {
        box = new Box(folder.resolve("audit")).start();
    }

    @AfterEach
    void stop() {
        box.stop();
    }

    @Test
    void aChangeLeavesItsWishAndItsOutcome() throws SoleraException {
        try (Audit.Entry entry = box.audit.begin(Box.event("anna", "users.create", "/api/v1/users/people"))) {
            List<AuditRecord> before = box.theirs();
            assertEquals(1, before.size());
            assertEquals("begun", before.get(0).outcome());
            assertNull(before.get(0).begun());
            entry.done();
        }
        List<AuditRecord> records = box.theirs();
        assertEquals(2, records.size());
        AuditRecord outcome = records.get(1);
        assertEquals("done", outcome.outcome());
        assertEquals(records.get(0).sequence(), outcome.begun());
        assertEquals(Box.event("anna", "users.create", "/api/v1/users/people"), outcome.event());
        assertEquals(box.hands.now, outcome.time());
        assertTrue(box.audit.verify().whole());
    }

    @Test
    void aChangeThatFailsOrIsForgottenIsRecordedAsFailed() throws SoleraException {
        try (Audit.Entry entry = box.audit.begin(Box.event("anna", "a.b", "x"))) {
            entry.failed("CONFLICT", "The name is taken.");
        }
        box.audit.begin(Box.event("anna", "a.c", "x")).close();
        List<AuditRecord> records = box.theirs();
        assertEquals("CONFLICT", records.get(1).code());
        assertEquals("The name is taken.", records.get(1).message());
        assertEquals("failed", records.get(3).outcome());
        assertEquals("INTERRUPTED", records.get(3).code());
    }

    @Test
    void onlyTheFirstOutcomeCounts() throws SoleraException {
        Audit.Entry entry = box.audit.begin(Box.event("anna", "a.b", "x"));
        entry.done();
        entry.failed("CONFLICT", "");
        entry.close();
        assertEquals(2, box.theirs().size());
    }

    @Test
    void everyCharacterComesBackAsItWas() throws SoleraException {
        String odd = "\"\\\b\t\n\f\r\u0000\u001f 中文 \uD83D\uDE00 {}[],:null";
        AuditEvent event = new AuditEvent(odd, "a.b", odd, odd, "rest", Map.of(odd, odd, "b", "", "a", "1"));
        box.audit.note(event);
        assertEquals(event, box.theirs().get(0).event());
        box.restart();
        assertEquals(event, box.theirs().get(0).event());
        assertTrue(box.audit.verify().whole());
    }

    @Test
    void whatIsTooLongIsCut() throws SoleraException {
        String huge = "\u0001".repeat(100_000);
        box.audit.note(new AuditEvent(huge, huge, huge, huge, huge, Map.of("a", huge, "b", huge, huge, huge)));
        AuditEvent kept = box.theirs().get(0).event();
        assertEquals(128, kept.who().length());
        assertEquals(1024, kept.target().length());
        assertTrue(kept.target().endsWith("…"));
        int details = kept.details().entrySet().stream()
                .mapToInt(each -> each.getKey().length() + each.getValue().length())
                .sum();
        assertTrue(details <= 4096, "details have " + details);
        assertTrue(box.audit.verify().whole());
    }

    @Test
    void nobodyElseRecordsWhatVerificationReliesOn() {
        SoleraException refusal =
                assertThrows(SoleraException.class, () -> box.audit.note(Box.event("system", Trimmed.ACTION, "x")));
        assertEquals(PlatformError.INVALID_REQUEST, refusal.code());
    }

    @Test
    void filesAreForTheOwnerOnly() throws IOException, SoleraException {
        box.notes(1);
        box.stop();
        try (var files = Files.list(box.folder)) {
            for (Path file : files.toList()) {
                assertEquals(
                        "rw-------",
                        PosixFilePermissions.toString(Files.getPosixFilePermissions(file)),
                        file.toString());
            }
        }
        box.start();
    }

    @Test
    void theChainGoesOnOverRestartsAndSegments() throws SoleraException, IOException {
        box.segmentBytes = 4096;
        box.restart();
        for (int round = 0; round < 5; round++) {
            box.changes(10);
            box.restart();
        }
        box.notes(1);
        assertTrue(box.segments().size() > 4, box.segments().toString());
        List<AuditRecord> records = box.records();
        for (int i = 0; i < records.size(); i++) {
            assertEquals(i + 1, records.get(i).sequence());
        }
        assertEquals(101, box.theirs().size());
        assertTrue(box.audit.verify().whole(), box.audit.verify().detail());
        assertEquals(records.size(), box.audit.verify().records());
    }

    @Test
    void wishesWithoutAnOutcomeAreInterruptedAtTheNextStart() throws SoleraException {
        box.segmentBytes = 2048;
        box.restart();
        Audit.Entry slow = box.audit.begin(Box.event("anna", "storage.heal", "d1"));
        box.changes(20);
        Audit.Entry late = box.audit.begin(Box.event("bert", "storage.scrub", "d2"));
        assertTrue(slow != late);
        box.restart();
        box.notes(1);
        List<AuditRecord> interrupted = box.theirs().stream()
                .filter(each -> each.code().equals("INTERRUPTED"))
                .toList();
        assertEquals(
                List.of("storage.heal", "storage.scrub"),
                interrupted.stream().map(each -> each.event().action()).toList());
        box.restart();
        box.notes(1);
        assertEquals(
                2,
                box.theirs().stream()
                        .filter(each -> each.code().equals("INTERRUPTED"))
                        .count());
        assertTrue(box.audit.verify().whole());
    }

    @Test
    void manyAtATimeShareOneForce() throws Exception {
        box.stop();
        AtomicInteger forces = new AtomicInteger();
        AppendFiles disk = AppendFiles.disk();
        box.files = (file, size) -> new Slow(disk.open(file, size), forces);
        box.start();
        ExecutorService callers = Executors.newFixedThreadPool(32);
        List<Future<?>> all = new ArrayList<>();
        for (int i = 0; i < 32; i++) {
            all.add(callers.submit(() -> {
                box.changes(10);
                return null;
            }));
        }
        for (Future<?> each : all) {
            each.get(60, TimeUnit.SECONDS);
        }
        callers.shutdown();
        assertEquals(640, box.theirs().size());
        assertTrue(forces.get() < 200, "640 records took " + forces + " forces");
        assertTrue(box.audit.verify().whole());
    }

    private record Slow(AppendFiles.Appending inner, AtomicInteger forces) implements AppendFiles.Appending {
        @Override
        public void append(ByteBuffer bytes) throws IOException {
            inner.append(bytes);
        }

        @Override
        public void force() throws IOException {
            forces.incrementAndGet();
            java.util.concurrent.locks.LockSupport.parkNanos(3_000_000);
            inner.force();
        }

        @Override
        public void truncate(long size) throws IOException {
            inner.truncate(size);
        }

        @Override
        public void close() throws IOException {
            inner.close();
        }
    }

    @Test
    void atMostAThousandChangesAreUnderWay() throws SoleraException {
        List<Audit.Entry> open = new ArrayList<>();
        for (int i = 0; i < 1_000; i++) {
            open.add(box.audit.begin(Box.event("anna", "a.b", "x" + i)));
        }
        SoleraException refusal =
                assertThrows(SoleraException.class, () -> box.audit.begin(Box.event("anna", "a.b", "y")));
        assertEquals(PlatformError.BUSY, refusal.code());
        open.get(0).done();
        box.audit.begin(Box.event("anna", "a.b", "z")).done();
    }

    @Test
    void searchesByEveryField() throws SoleraException {
        Instant start = box.hands.now;
        for (int i = 0; i < 10; i++) {
            box.hands.now = start.plusSeconds(i);
            box.audit.note(new AuditEvent(
                    i % 2 == 0 ? "anna" : "bert",
                    i < 5 ? "users.create" : "storage.put",
                    "target-" + i,
                    "-",
                    "rest",
                    Map.of("Reason", "Because " + i)));
        }
        box.audit.begin(Box.event("carl", "storage.put", "t")).failed("BUSY", "Disk was Full");
        assertEquals(5, count(query(null, null, "anna", "", "", "")));
        assertEquals(5, count(query(null, null, "", "users.", "", "")));
        assertEquals(1, count(query(null, null, "", "", "failed", "")));
        assertEquals(1, count(query(null, null, "", "", "", "because 7")));
        assertEquals(1, count(query(null, null, "", "", "", "disk was full")));
        assertEquals(1, count(query(null, null, "", "", "", "TARGET-3")));
        assertEquals(3, count(query(start.plusSeconds(2), start.plusSeconds(5), "", "", "", "target")));
        assertEquals(0, count(query(start.plus(Duration.ofDays(1)), null, "", "", "", "")));
        assertEquals(13, count(query(Instant.MIN, Instant.MAX, "", "", "", "")));
    }

    private static AuditQuery query(Instant from, Instant to, String who, String action, String outcome, String text) {
        return new AuditQuery(from, to, who, action, outcome, text, Long.MAX_VALUE, 1000);
    }

    private int count(AuditQuery query) throws SoleraException {
        return box.audit.search(query).records().size();
    }

    @Test
    void pagesAreNewestFirstAndMeetWithoutGapOrOverlap() throws SoleraException {
        box.segmentBytes = 3000;
        box.restart();
        box.notes(50);
        List<Long> sequences = new ArrayList<>();
        long before = Long.MAX_VALUE;
        do {
            AuditPage page = box.audit.search(new AuditQuery(null, null, "", "users", "", "", before, 7));
            assertTrue(page.records().size() <= 7);
            page.records().forEach(each -> sequences.add(each.sequence()));
            before = page.next();
        } while (before != 0);
        assertEquals(50, sequences.size());
        assertEquals(
                sequences.stream().sorted(java.util.Comparator.reverseOrder()).toList(), sequences);
        assertEquals(50, sequences.stream().collect(Collectors.toSet()).size());
    }

    @Test
    void aSearchForNothingThereReadsBoundedly() throws Exception {
        box.stop();
        Bulk.fill(box.folder, 2 * Searcher.MOST_READ + 10, OpenChain.SEGMENT_BYTES);
        box.segmentBytes = OpenChain.SEGMENT_BYTES;
        box.start();
        int pages = 0;
        long before = Long.MAX_VALUE;
        do {
            AuditPage page = box.audit.search(new AuditQuery(null, null, "nobody", "", "", "", before, 10));
            assertTrue(page.records().isEmpty());
            before = page.next();
            pages++;
        } while (before != 0);
        assertEquals(3, pages);
    }

    @Test
    void aLimitOutOfBoundsIsRefused() {
        for (int limit : new int[] {0, -1, 1001}) {
            assertThrows(
                    SoleraException.class,
                    () -> box.audit.search(new AuditQuery(null, null, "", "", "", "", Long.MAX_VALUE, limit)));
        }
    }

    @Test
    void refusalsOfASecondAreBoundedAndTheRestCounted() throws SoleraException {
        for (int i = 0; i < 500; i++) {
            box.audit.refused(Box.event("-", "storage.put", "x"), "FORBIDDEN", "No.");
        }
        assertEquals(50, box.theirs().size());
        assertEquals("refused", box.theirs().get(0).outcome());
        assertEquals("FORBIDDEN", box.theirs().get(0).code());
        box.hands.now = box.hands.now.plusSeconds(1);
        box.audit.refused(Box.event("-", "storage.put", "y"), "FORBIDDEN", "No.");
        assertEquals(51, box.theirs().size());
        org.awaitility.Awaitility.await().until(() -> !summaries().isEmpty());
        assertEquals(
                List.of("450"),
                summaries().stream()
                        .map(each -> each.event().details().get("count"))
                        .toList());
    }

    private List<AuditRecord> summaries() throws SoleraException {
        return box.records().stream()
                .filter(each -> each.event().action().equals(Clean.OWN + "refusals"))
                .toList();
    }

    @Test
    void whoLostTheOwnershipWritesNothingMore() throws SoleraException {
        box.notes(1);
        box.epoch.revoke();
        assertThrows(SoleraException.class, () -> box.notes(1));
        assertEquals(1, box.theirs().size());
    }
}
