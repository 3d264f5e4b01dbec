// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.history.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.solera.platform.api.history.Snapshot;

class HostMetricsTest {
    @TempDir
    Path root;

    private void file(String path, String text) throws IOException {
        Path file = root.resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    private Map<String, Double> figures() {
        Snapshot snapshot = new Snapshot();
        new HostMetrics(root, root).collect(snapshot);
        return snapshot.figures().stream()
                .collect(Collectors.toMap(
                        each -> each.name() + (each.labels().isEmpty() ? "" : "{" + each.subject() + "}"),
                        Snapshot.Figure::value));
    }

    @Test
    void readsWhatTheKernelTells() throws IOException {
        file("proc/stat", "cpu  1000 20 300 40000 50 6 7 8 0 0\ncpu0 1 2 3 4 5 6 7 8\ncpu1 1 2 3 4 5 6 7 8\nintr 5\n");
        file("proc/loadavg", "0.50 0.75 1.25 2/300 4000\n");
        file("proc/uptime", "12345.67 2345.00\n");
        file("proc/meminfo", "MemTotal:       16000 kB\nMemFree: 1 kB\nMemAvailable:    8000 kB\nSwapTotal: 0 kB\n");
        file("proc/net/dev", """
                Inter-|   Receive                                                |  Transmit
                 face |bytes    packets errs drop fifo frame compressed multicast|bytes    packets errs drop fifo colls carrier compressed
                    lo: 999 1 0 0 0 0 0 0 999 1 0 0 0 0 0 0
                  eth0: 5000 10 2 0 0 0 0 0 7000 20 3 0 0 0 0 0
                vethab: 1 1 0 0 0 0 0 0 1 1 0 0 0 0 0 0
                """);
        file("run/systemd/timesync/synchronized", "");
        Map<String, Double> figures = figures();
        assertEquals(10, figures.get("solera_host_cpu_seconds_total{mode=\"user\"}"));
        assertEquals(400, figures.get("solera_host_cpu_seconds_total{mode=\"idle\"}"));
        assertEquals(2, figures.get("solera_host_cpus"));
        assertEquals(1.25, figures.get("solera_host_load{minutes=\"15\"}"));
        assertEquals(12345.67, figures.get("solera_host_uptime_seconds"));
        assertEquals(16_384_000, figures.get("solera_host_memory_total_bytes"));
        assertEquals(8_192_000, figures.get("solera_host_memory_available_bytes"));
        assertEquals(5_000, figures.get("solera_host_network_received_bytes_total{interface=\"eth0\"}"));
        assertEquals(7_000, figures.get("solera_host_network_sent_bytes_total{interface=\"eth0\"}"));
        assertEquals(5, figures.get("solera_host_network_errors_total{interface=\"eth0\"}"));
        assertFalse(figures.toString().contains("veth") || figures.toString().contains("\"lo\""));
        assertEquals(1, figures.get("solera_host_clock_synchronized"));
        assertTrue(figures.get("solera_host_filesystem_total_bytes{folder=\"data\"}") > 0);
    }

    @Test
    void tellsChipsAndDrivesApartAndLeavesOutSensorsThatAreNotConnected() throws IOException {
        file("sys/class/hwmon/hwmon0/name", "coretemp\n");
        file("sys/class/hwmon/hwmon0/temp1_input", "54000\n");
        file("sys/class/hwmon/hwmon0/temp1_label", "Package id 0\n");
        file("sys/class/hwmon/hwmon0/temp2_input", "-128000\n");
        file("sys/class/hwmon/hwmon1/name", "nvme\n");
        file("sys/class/hwmon/hwmon1/temp1_input", "38850\n");
        file("sys/class/hwmon/hwmon1/temp2_input", "60000\n");
        file("sys/class/hwmon/hwmon1/device/nvme0n1/size", "1\n");
        file("sys/class/hwmon/hwmon2/name", "drivetemp\n");
        file("sys/class/hwmon/hwmon2/temp1_input", "41000\n");
        file("sys/class/hwmon/hwmon2/device/block/sdb/size", "1\n");
        Map<String, Double> figures = figures();
        assertEquals(
                54, figures.get("solera_host_temperature_celsius{chip=\"coretemp\",sensor=\"hwmon0/Package id 0\"}"));
        assertEquals(38.85, figures.get("solera_host_drive_temperature_celsius{drive=\"nvme0n1\"}"));
        assertEquals(41, figures.get("solera_host_drive_temperature_celsius{drive=\"sdb\"}"));
        assertEquals(
                3,
                figures.keySet().stream()
                        .filter(name -> name.contains("temperature"))
                        .count());
    }

    @Test
    void takesTheThermalZonesWhereThereIsNoMonitor() throws IOException {
        file("sys/class/thermal/thermal_zone0/type", "cpu-thermal\n");
        file("sys/class/thermal/thermal_zone0/temp", "61500\n");
        assertEquals(
                61.5, figures().get("solera_host_temperature_celsius{chip=\"cpu-thermal\",sensor=\"thermal_zone0\"}"));
    }

    @Test
    void tellsOnlyTheFileSystemWhereTheKernelTellsNothing() {
        assertEquals(2, figures().size());
    }
}
