// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.history.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.solera.platform.api.history.Snapshot;

class OverviewTest {
    private final Overview overview = new Overview();

    private static Snapshot at(double busy, double idle, double requests) {
        Snapshot snapshot = new Snapshot();
        snapshot.counter("solera_host_cpu_seconds_total", "", busy, "mode", "user");
        snapshot.counter("solera_host_cpu_seconds_total", "", idle, "mode", "idle");
        snapshot.gauge("solera_host_memory_total_bytes", "", 100);
        snapshot.gauge("solera_host_memory_available_bytes", "", 30);
        snapshot.gauge("solera_storage_drive_total_bytes", "", 50, "drive", "d0");
        snapshot.gauge("solera_storage_drive_total_bytes", "", 50, "drive", "d1");
        snapshot.gauge("solera_storage_drive_free_bytes", "", 20, "drive", "d0");
        snapshot.gauge("solera_storage_drive_free_bytes", "", 30, "drive", "d1");
        if (requests > 0) {
            snapshot.counter("solera_net_requests_total", "", requests, "port", "s3");
        }
        return snapshot;
    }

    @Test
    void saysWhatHappensNowOnceItKnowsWhatWas() {
        Map<String, Object> first = overview.advance(at(10, 90, 0), 0);
        assertEquals(70.0, first.get("memoryUsedBytes"));
        assertEquals(50.0, first.get("capacityUsedBytes"));
        assertFalse(first.containsKey("cpuPercent"));
        assertFalse(first.containsKey("sessions"), "nobody counts sessions here");
        Map<String, Object> second = overview.advance(at(12, 98, 50), 5_000_000_000L);
        assertEquals(20.0, (double) second.get("cpuPercent"), 1e-9);
        assertEquals(10.0, second.get("requestsPerSecond"));
        assertEquals(0.0, second.get("sentBytesPerSecond"));
        overview.forget();
        assertFalse(overview.advance(at(12, 98, 50), 9_000_000_000L).containsKey("cpuPercent"));
    }
}
