// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.history.internal;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.solera.platform.api.history.Snapshot;

class JvmMetricsTest {
    @Test
    void tellsTheFiguresOfTheVirtualMachine() {
        Snapshot snapshot = new Snapshot();
        new JvmMetrics().collect(snapshot);
        Set<String> names =
                snapshot.figures().stream().map(Snapshot.Figure::name).collect(Collectors.toSet());
        assertTrue(
                names.containsAll(Set.of(
                        "solera_jvm_memory_used_bytes",
                        "solera_jvm_gc_seconds_total",
                        "solera_jvm_threads",
                        "solera_process_open_files",
                        "solera_process_cpu_seconds_total")),
                names.toString());
    }
}
