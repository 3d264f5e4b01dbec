// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.history.internal;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.solera.platform.api.DrainingException;
import org.solera.platform.api.HealthReport;
import org.solera.platform.api.OwnerEpoch;
import org.solera.platform.api.PlatformError;
import org.solera.platform.api.SoleraException;
import org.solera.platform.api.history.MetricHistory.Points;
import org.solera.platform.api.history.Snapshot;

class HistoryRecorderTest {
    private static final Instant START = Instant.ofEpochSecond(1_800_000_000L / 600 * 600);

    @TempDir
    Path folder;

    private final AtomicLong seconds = new AtomicLong();
    private final Clock clock = new Clock() {
        @Override
        public ZoneOffset getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(java.time.ZoneId zone) {
            return this;
        }

        @Override
        public Instant instant() {
            return START.plusSeconds(seconds.get());
        }
    };
    private HistoryRecorder recorder;

    private void begin() {
        recorder = new HistoryRecorder(
                this::figures, folder, clock, () -> seconds.get() * 1_000_000_000L, new TestExecutors());
    }

    private Snapshot figures() {
        Snapshot snapshot = new Snapshot();
        snapshot.counter("solera_b_total", "", 10.0 * seconds.get(), "hive", "a");
        snapshot.gauge("solera_a", "", 3);
        return snapshot;
    }

    @AfterEach
    void end() {
        if (recorder != null) {
            recorder.deactivate();
        }
    }

    @Test
    void recordsWhileItOwnsTheFolderAndAnswersInSteps() throws SoleraException {
        begin();
        assertEquals(HealthReport.Status.STANDBY, recorder.check().status());
        assertThrows(DrainingException.class, () -> recorder.query("solera_a", START, START.plusSeconds(60), 4));
        recorder.open(new OwnerEpoch("platform.history", 1));
        for (int i = 0; i < 40; i++) {
            recorder.record();
            seconds.addAndGet(15);
        }
        List<Points> rates = recorder.query("solera_b_total", START.plusSeconds(60), START.plusSeconds(540), 8);
        assertEquals(1, rates.size());
        assertEquals(60, rates.get(0).stepSeconds());
        assertTrue(rates.get(0).series().rate());
        rates.get(0).values().forEach(value -> assertEquals(10, value, 1e-6));
        assertEquals(2, recorder.series().size());
        assertEquals(HealthReport.Status.UP, recorder.check().status());
        recorder.close();
        recorder.open(new OwnerEpoch("platform.history", 2));
        assertEquals(2, recorder.series().size());
        SoleraException unknown =
                assertThrows(SoleraException.class, () -> recorder.query("nobody", START, START.plusSeconds(60), 4));
        assertEquals(PlatformError.NOT_FOUND, unknown.code());
    }

    @Test
    void saysWhenNothingIsRecorded() throws SoleraException {
        begin();
        recorder.open(new OwnerEpoch("platform.history", 1));
        seconds.set(3_600);
        HealthReport late = recorder.check();
        assertEquals(HealthReport.Status.DEGRADED, late.status());
        assertTrue(late.detail().contains("75 s"), late.detail());
    }

    @Test
    void recordsByItself() throws SoleraException {
        begin();
        recorder.open(new OwnerEpoch("platform.history", 1));
        await().until(() -> recorder.series().size() == 2);
    }
}
