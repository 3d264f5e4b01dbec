// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.audit.internal;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.solera.platform.api.HealthReport;
import org.solera.platform.api.PlatformError;
import org.solera.platform.api.SoleraException;
import org.solera.platform.api.audit.Audit;

/** A disk that is full, that fails, and that hangs. */
class DiskTest {
    @TempDir
    Path folder;

    private final AtomicLong quota = new AtomicLong(Long.MAX_VALUE);
    private volatile CountDownLatch stuck = new CountDownLatch(0);
    private volatile boolean forceFails;
    private Box box;

    /** Writes as much as there is room for, then fails, as a full drive does. */
    private final class Small implements AppendFiles.Appending {
        private final AppendFiles.Appending inner;

        Small(AppendFiles.Appending inner) {
            this.inner = inner;
        }

        @Override
        public void append(ByteBuffer bytes) throws IOException {
            int fits = (int) Math.min(bytes.remaining(), quota.get());
            inner.append(bytes.slice(bytes.position(), fits));
            quota.addAndGet(-fits);
            if (fits < bytes.remaining()) {
                throw new IOException("No space left on device");
            }
        }

        @Override
        public void force() throws IOException {
            try {
                stuck.await();
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
                throw new IOException("interrupted", interrupted);
            }
            if (forceFails) {
                throw new IOException("Input/output error");
            }
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

    @BeforeEach
    void start() throws SoleraException {
        box = new Box(folder.resolve("audit"));
        AppendFiles disk = AppendFiles.disk();
        box.files = (file, size) -> new Small(disk.open(file, size));
        box.start();
        box.notes(1);
    }

    @AfterEach
    void stop() {
        stuck.countDown();
        box.stop();
    }

    @Test
    void aFullDiskRefusesChangesAndKeepsWhatWasAcknowledged() throws Exception {
        quota.set(5_000);
        int acknowledged = 0;
        SoleraException refusal = null;
        while (refusal == null) {
            try {
                box.notes(1);
                acknowledged++;
            } catch (SoleraException full) {
                refusal = full;
            }
        }
        assertEquals(PlatformError.BUSY, refusal.code());
        assertTrue(refusal.explain().contains("No space left"), refusal.explain());
        assertTrue(acknowledged > 3);
        assertEquals(HealthReport.Status.DOWN, box.audit.check().status());
        assertThrows(SoleraException.class, () -> box.audit.begin(Box.event("anna", "a.b", "x")));
        assertEquals(acknowledged + 1, box.theirs().size());
        assertTrue(box.audit.verify().whole(), box.audit.verify().detail());
        quota.set(1 << 20);
        box.notes(1);
        assertEquals(HealthReport.Status.UP, box.audit.check().status());
        box.restart();
        assertEquals(acknowledged + 2, box.theirs().size());
        assertTrue(box.audit.verify().whole(), box.audit.verify().detail());
    }

    @Test
    void anOutcomeThatFindsTheDiskFullIsWrittenWhenThereIsRoom() throws Exception {
        box.stop();
        box.patience = Duration.ofMillis(300);
        box.start();
        Audit.Entry entry = box.audit.begin(Box.event("anna", "a.b", "x"));
        quota.set(10);
        entry.done();
        assertEquals(2, box.theirs().size());
        quota.set(1 << 20);
        await().until(() -> box.theirs().size() == 3);
        assertEquals("done", box.theirs().get(2).outcome());
        assertTrue(box.audit.verify().whole());
    }

    @Test
    void anOutcomeThatNeverFindsRoomIsInterruptedAtTheNextStart() throws Exception {
        box.stop();
        box.patience = Duration.ofMillis(300);
        box.start();
        box.audit.begin(Box.event("anna", "a.b", "x"));
        Audit.Entry entry = box.audit.begin(Box.event("anna", "a.c", "x"));
        quota.set(10);
        entry.done();
        box.stop();
        quota.set(1 << 20);
        box.start();
        box.notes(1);
        assertEquals(
                List.of("a.b", "a.c"),
                box.theirs().stream()
                        .filter(each -> each.code().equals("INTERRUPTED"))
                        .map(each -> each.event().action())
                        .toList());
        assertTrue(box.audit.verify().whole(), box.audit.verify().detail());
    }

    @Test
    void aForceThatFailsLeavesNothingBehind() throws Exception {
        forceFails = true;
        assertThrows(SoleraException.class, () -> box.notes(1));
        forceFails = false;
        assertEquals(1, box.theirs().size());
        box.notes(1);
        box.restart();
        assertEquals(2, box.theirs().size());
        assertTrue(box.audit.verify().whole(), box.audit.verify().detail());
    }

    @Test
    void aDiskThatHangsRefusesChangesInTimeAndTheirRecordsSayThatNothingBegan() throws Exception {
        box.stop();
        box.patience = Duration.ofMillis(300);
        box.start();
        box.notes(1);
        stuck = new CountDownLatch(1);
        SoleraException refusal =
                assertThrows(SoleraException.class, () -> box.audit.begin(Box.event("anna", "a.b", "slow")));
        assertEquals(PlatformError.BUSY, refusal.code());
        await().until(() -> box.audit.check().status() == HealthReport.Status.DOWN);
        assertThrows(SoleraException.class, () -> box.audit.begin(Box.event("anna", "a.b", "queued")));
        stuck.countDown();
        await().until(() ->
                box.theirs().stream().anyMatch(each -> each.outcome().equals("failed")));
        assertEquals(
                List.of("begun", "failed"),
                box.theirs().stream()
                        .filter(each -> each.event().target().equals("slow"))
                        .map(each -> each.outcome())
                        .toList());
        assertEquals(
                0,
                box.theirs().stream()
                        .filter(each -> each.event().target().equals("queued"))
                        .count());
        assertEquals(HealthReport.Status.UP, box.audit.check().status());
    }

    @Test
    void aFullDiskAtTheStartIsToldAndNothingIsLost() throws Exception {
        box.stop();
        quota.set(0);
        box.start();
        assertThrows(SoleraException.class, () -> box.notes(1));
        quota.set(1 << 20);
        box.notes(1);
        assertEquals(2, box.theirs().size());
        assertTrue(box.audit.verify().whole(), box.audit.verify().detail());
    }
}
