// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.audit.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.solera.platform.api.SoleraException;
import org.solera.platform.api.audit.AuditRecord;

class AuditBackupTest {
    @TempDir
    Path folder;

    private Box here;
    private Box there;

    @BeforeEach
    void start() throws SoleraException {
        here = new Box(folder.resolve("here"));
        here.segmentBytes = 4096;
        here.start();
        here.changes(20);
        there = new Box(folder.resolve("there")).start();
        there.notes(2);
    }

    @AfterEach
    void stop() {
        here.stop();
        there.stop();
    }

    private byte[] archive() throws SoleraException, IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        new AuditBackup(here.audit).write(out);
        return out.toByteArray();
    }

    private List<Path> restored() throws IOException {
        try (var files = Files.list(there.folder)) {
            return files.filter(each -> each.getFileName().toString().startsWith("restored-"))
                    .sorted()
                    .toList();
        }
    }

    @Test
    void aRestoredChainIsKeptBesideAndNamedInTheOwnOne() throws Exception {
        ChainState state = here.audit.chain().state();
        byte[] archive = archive();
        new AuditBackup(there.audit).check(new ByteArrayInputStream(archive));
        assertTrue(restored().isEmpty());
        new AuditBackup(there.audit).restore(new ByteArrayInputStream(archive));
        assertEquals(1, restored().size());
        for (Path file : here.segments()) {
            assertEquals(-1, Files.mismatch(file, restored().get(0).resolve(file.getFileName())));
        }
        AuditRecord record = there.theirs().get(2);
        assertEquals("audit.restored", record.event().action());
        assertEquals(restored().get(0).getFileName().toString(), record.event().target());
        assertEquals(String.valueOf(state.sequence()), record.event().details().get("sequence"));
        assertEquals(state.hash(), record.event().details().get("hash"));
        assertEquals("true", record.event().details().get("whole"));
        assertTrue(there.audit.verify().whole());
        there.restart();
        assertTrue(there.audit.verify().whole());
    }

    @Test
    void onlyTheNewestThreeAreKept() throws Exception {
        byte[] archive = archive();
        for (int i = 0; i < 5; i++) {
            there.hands.now = there.hands.now.plusSeconds(1);
            new AuditBackup(there.audit).restore(new ByteArrayInputStream(archive));
        }
        assertEquals(3, restored().size());
    }

    @Test
    void aDamagedArchiveIsRefusedAndChangesNothing() throws Exception {
        byte[] archive = archive();
        AuditBackup backup = new AuditBackup(there.audit);
        byte[] half = java.util.Arrays.copyOf(archive, archive.length / 2);
        assertThrows(SoleraException.class, () -> backup.check(new ByteArrayInputStream(half)));
        assertThrows(SoleraException.class, () -> backup.restore(new ByteArrayInputStream(half)));
        assertThrows(SoleraException.class, () -> backup.restore(new ByteArrayInputStream(new byte[0])));
        assertTrue(restored().isEmpty());
        assertEquals(2, there.theirs().size());
    }

    @Test
    void theArchiveIsOneMomentAlthoughOthersWrite() throws Exception {
        java.util.concurrent.atomic.AtomicBoolean on = new java.util.concurrent.atomic.AtomicBoolean(true);
        Thread writer = new Thread(() -> {
            while (on.get()) {
                try {
                    here.notes(1);
                } catch (SoleraException refused) {
                    return;
                }
            }
        });
        writer.start();
        try {
            for (int i = 0; i < 5; i++) {
                there.hands.now = there.hands.now.plusSeconds(1);
                new AuditBackup(there.audit).restore(new ByteArrayInputStream(archive()));
            }
        } finally {
            on.set(false);
            writer.join();
        }
        assertEquals(
                5,
                there.theirs().stream()
                        .filter(each -> "true".equals(each.event().details().get("whole")))
                        .count());
    }
}
