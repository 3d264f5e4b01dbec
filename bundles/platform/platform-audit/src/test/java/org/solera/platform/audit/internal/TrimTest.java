// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.audit.internal;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.solera.platform.api.HealthReport;
import org.solera.platform.api.audit.AuditRecord;
import org.solera.platform.api.audit.AuditVerdict;

/** What happens at the bound. */
class TrimTest {
    @TempDir
    Path folder;

    private Box box;

    @BeforeEach
    void start() throws Exception {
        box = new Box(folder.resolve("audit"));
        box.segmentBytes = 4096;
        box.keepBytes.set(20_000);
        box.start();
        box.changes(60);
        await().until(() -> box.segments().size() <= 6);
        box.notes(1);
    }

    @AfterEach
    void stop() {
        box.stop();
    }

    @Test
    void theOldestSegmentsGoAndTheChainBeginsBehindThem() throws Exception {
        AuditVerdict verdict = box.audit.verify();
        assertTrue(verdict.whole(), verdict.detail());
        assertTrue(verdict.first() > 1, verdict.toString());
        List<AuditRecord> trimmed = box.records().stream()
                .filter(each -> each.event().action().equals(Trimmed.ACTION))
                .toList();
        assertFalse(trimmed.isEmpty());
        assertEquals(verdict.first() - 1, Trimmed.last(trimmed.get(trimmed.size() - 1)));
        box.restart();
        box.notes(1);
        assertTrue(box.audit.verify().whole(), box.audit.verify().detail());
    }

    @Test
    void aSegmentRemovedByHandIsStillFound() throws Exception {
        long first = box.audit.verify().first();
        box.stop();
        box.keepBytes.set(1L << 30);
        Files.delete(box.segments().get(0));
        box.start();
        AuditVerdict verdict = box.audit.verify();
        assertFalse(verdict.whole());
        assertEquals(first, verdict.broken());
    }

    @Test
    void aCutBetweenTheRecordAndTheDeletionIsMadeGood() throws Exception {
        box.stop();
        box.keepBytes.set(1L << 30);
        byte[] oldest = Files.readAllBytes(box.segments().get(0));
        Path file = box.segments().get(0);
        box.keepBytes.set(12_000);
        box.start();
        await().until(() -> Files.notExists(file));
        box.stop();
        Path second = box.segments().get(0);
        if (Segment.numberOf(second.getFileName().toString())
                == Segment.numberOf(file.getFileName().toString()) + 1) {
            Files.write(file, oldest);
        }
        box.start();
        await().until(() -> Files.notExists(file));
        assertTrue(box.audit.verify().whole(), box.audit.verify().detail());
    }

    @Test
    void healthIsDegradedWhenTheSpaceIsNearlyUsed() {
        assertEquals(HealthReport.Status.DEGRADED, box.audit.check().status());
        assertTrue(box.audit.check().detail().contains("%"), box.audit.check().detail());
        box.keepBytes.set(1L << 30);
        assertEquals(HealthReport.Status.UP, box.audit.check().status());
    }

    @Test
    void metricsTellHowMuchIsUsed() {
        java.util.Map<String, Double> seen = new java.util.TreeMap<>();
        box.audit.collect(new org.solera.platform.api.spi.MetricSource.Sink() {
            @Override
            public void counter(String name, String help, double value, String... labels) {
                seen.put(name, value);
            }

            @Override
            public void gauge(String name, String help, double value, String... labels) {
                seen.put(name, value);
            }

            @Override
            public void histogram(
                    String name, String help, double[] bounds, long[] counts, double sum, String... labels) {
                seen.put(name, sum);
            }
        });
        assertTrue(seen.get("solera_platform_audit_used_ratio") > 0.5, seen.toString());
        assertTrue(seen.get("solera_platform_audit_records_total") > 120, seen.toString());
    }
}
