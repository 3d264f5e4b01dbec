// SPDX-License-Identifier: Apache-2.0
package org.solera.upgrade.engine.internal;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.solera.upgrade.api.SwapPhase;
import org.solera.upgrade.api.SwapRecord;

class SwapJournalTest {
    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-03-01T10:00:00Z"), ZoneOffset.UTC);
    private static final FeatureId TARGET = new FeatureId("solera-store", "1.0.1");

    @TempDir
    private Path folder;

    private SwapJournal open() throws Exception {
        return SwapJournal.open(folder.resolve("journal"), CLOCK);
    }

    private long begin(SwapJournal journal) throws Exception {
        return journal.begin("org.solera.store", "1.0.0", "1.0.1", TARGET, "Begins.");
    }

    @Test
    void readsBackWhatItWrote() throws Exception {
        SwapJournal journal = open();
        long id = begin(journal);
        journal.step(id, "with\ttab, \\ and\nline");
        journal.move(id, SwapPhase.ROLLED_BACK, "It\tfailed.", "Taken back.");

        SwapRecord read = open().find(id).orElseThrow();

        assertEquals(journal.find(id).orElseThrow(), read);
        assertEquals(SwapPhase.ROLLED_BACK, read.phase());
        assertEquals("It\tfailed.", read.failure());
        assertEquals(List.of("Begins.", "with\ttab, \\ and\nline", "Taken back."), read.steps());
    }

    @Test
    void cutsATornLineAtEveryByte() throws Exception {
        SwapJournal journal = open();
        long id = begin(journal);
        Path file = folder.resolve("journal");
        int whole = (int) Files.size(file);
        journal.move(id, SwapPhase.INSTALLED, "Installed.");
        byte[] all = Files.readAllBytes(file);
        for (int length = whole; length < all.length - 1; length++) {
            Files.write(file, Arrays.copyOf(all, length));
            SwapJournal torn = open();
            assertEquals(SwapPhase.INTENT, torn.find(id).orElseThrow().phase(), "cut at " + length);
            torn.move(id, SwapPhase.INSTALLED, "Again.");
            assertEquals(SwapPhase.INSTALLED, open().find(id).orElseThrow().phase());
        }
    }

    @Test
    void doesNotBelieveADamagedLine() throws Exception {
        SwapJournal journal = open();
        long id = begin(journal);
        journal.move(id, SwapPhase.INSTALLED, "Installed.");
        Path file = folder.resolve("journal");
        String text = Files.readString(file, UTF_8);
        Files.writeString(file, text.replace("INSTALLED", "COMMITTED"), UTF_8);
        assertEquals(SwapPhase.INTENT, open().find(id).orElseThrow().phase());
    }

    @Test
    void refusesAPhaseThatDoesNotFollow() throws Exception {
        SwapJournal journal = open();
        long id = begin(journal);
        assertThrows(IllegalStateException.class, () -> journal.move(id, SwapPhase.COMMITTED, "No."));
        assertEquals(SwapPhase.INTENT, open().find(id).orElseThrow().phase());
    }

    @Test
    void dropsTheOldestSwapsAtItsLimit() throws Exception {
        SwapJournal journal = open();
        String long1 = "x".repeat(1_900);
        long last = 0;
        for (int i = 0; i < 700; i++) {
            last = begin(journal);
            journal.move(last, SwapPhase.ROLLED_BACK, long1, "Taken back.");
        }
        assertTrue(Files.size(folder.resolve("journal")) <= SwapJournal.LIMIT_BYTES + 4_096);
        List<SwapRecord> history = open().history();
        assertEquals(last, history.get(0).id());
        assertTrue(history.size() <= 200, "history of " + history.size());
        assertTrue(history.size() >= 100, "history of " + history.size());
        assertEquals(last + 1, begin(open()));
    }
}
