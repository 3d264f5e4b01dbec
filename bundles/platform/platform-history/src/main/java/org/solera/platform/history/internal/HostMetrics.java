// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.history.internal;

import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.solera.platform.api.Appliance;
import org.solera.platform.api.spi.MetricSource;

/**
 * Figures of the machine, from the files of the Linux kernel. A file that is missing, as many are in a container, gives no
 * figure. Thread-safe.
 */
@Component(service = MetricSource.class)
public final class HostMetrics implements MetricSource {
    private static final Logger log = LoggerFactory.getLogger(HostMetrics.class);
    private static final double TICKS_PER_SECOND = 100; // USER_HZ, the same on every architecture we run on
    private static final int INTERFACES_MOST = 32;
    private static final List<String> MODES =
            List.of("user", "nice", "system", "idle", "iowait", "irq", "softirq", "steal");

    private final HostFiles files;
    private final Temperatures temperatures;
    private final Path data;

    @Activate
    public HostMetrics(@Reference Appliance appliance) {
        this(Path.of("/"), appliance.dataDirectory());
    }

    HostMetrics(Path root, Path data) {
        this.files = new HostFiles(root);
        this.temperatures = new Temperatures(files);
        this.data = data;
    }

    @Override
    public void collect(Sink sink) {
        processors(sink);
        memory(sink);
        network(sink);
        filesystem(sink);
        clock(sink);
        temperatures.collect(sink);
    }

    private void processors(Sink sink) {
        int processors = 0;
        for (String line : files.lines("proc/stat")) {
            String[] words = line.split(" +");
            if (words[0].equals("cpu")) {
                for (int i = 0; i < MODES.size() && i + 1 < words.length; i++) {
                    sink.counter(
                            "solera_host_cpu_seconds_total",
                            "Time of all processors, by what they did.",
                            HostFiles.number(words[i + 1]) / TICKS_PER_SECOND,
                            "mode",
                            MODES.get(i));
                }
            } else if (words[0].startsWith("cpu")) {
                processors++;
            }
        }
        if (processors > 0) {
            sink.gauge("solera_host_cpus", "Processors.", processors);
        }
        String[] load = files.first("proc/loadavg").split(" ");
        if (load.length >= 3) {
            String help = "Tasks that run or wait for a processor or a disk, averaged.";
            sink.gauge("solera_host_load", help, HostFiles.number(load[0]), "minutes", "1");
            sink.gauge("solera_host_load", help, HostFiles.number(load[1]), "minutes", "5");
            sink.gauge("solera_host_load", help, HostFiles.number(load[2]), "minutes", "15");
        }
        String[] uptime = files.first("proc/uptime").split(" ");
        if (uptime.length == 2) {
            sink.gauge("solera_host_uptime_seconds", "Time since the machine booted.", HostFiles.number(uptime[0]));
        }
    }

    private void memory(Sink sink) {
        Map<String, Double> bytes = new HashMap<>();
        for (String line : files.lines("proc/meminfo")) {
            String[] words = line.split("[: ]+");
            if (words.length >= 2) {
                bytes.put(words[0], HostFiles.number(words[1]) * 1024);
            }
        }
        gauge(sink, "solera_host_memory_total_bytes", "Memory of the machine.", bytes.get("MemTotal"));
        gauge(sink, "solera_host_memory_available_bytes", "Memory that can be had.", bytes.get("MemAvailable"));
        gauge(sink, "solera_host_swap_total_bytes", "Swap space.", bytes.get("SwapTotal"));
        gauge(sink, "solera_host_swap_free_bytes", "Swap space that is free.", bytes.get("SwapFree"));
    }

    private static void gauge(Sink sink, String name, String help, @Nullable Double value) {
        if (value != null) {
            sink.gauge(name, help, value);
        }
    }

    private void network(Sink sink) {
        int interfaces = 0;
        for (String line : files.lines("proc/net/dev")) {
            int colon = line.indexOf(':');
            String name = colon < 0 ? "lo" : line.substring(0, colon).trim();
            String[] words = line.substring(colon + 1).trim().split(" +");
            // Interfaces of containers come and go by the hundred and say nothing about the machine.
            boolean passing = name.equals("lo") || name.toLowerCase(Locale.ROOT).startsWith("veth");
            if (passing || words.length < 16 || interfaces++ >= INTERFACES_MOST) {
                continue;
            }
            sink.counter(
                    "solera_host_network_received_bytes_total",
                    "Bytes received, by interface.",
                    HostFiles.number(words[0]),
                    "interface",
                    name);
            sink.counter(
                    "solera_host_network_sent_bytes_total",
                    "Bytes sent, by interface.",
                    HostFiles.number(words[8]),
                    "interface",
                    name);
            sink.counter(
                    "solera_host_network_errors_total",
                    "Packets lost or damaged, by interface.",
                    HostFiles.number(words[2]) + HostFiles.number(words[10]),
                    "interface",
                    name);
        }
    }

    private void filesystem(Sink sink) {
        try {
            FileStore store = Files.getFileStore(data);
            String help = "Size of the file system of a folder.";
            sink.gauge("solera_host_filesystem_total_bytes", help, store.getTotalSpace(), "folder", "data");
            sink.gauge(
                    "solera_host_filesystem_free_bytes",
                    "Free space of the file system of a folder.",
                    store.getUsableSpace(),
                    "folder",
                    "data");
        } catch (IOException unreadable) {
            log.debug("The file system of {} cannot be read.", data, unreadable);
        }
    }

    /** Told only where the time service of systemd runs: it marks in a file that the clock was set. */
    private void clock(Sink sink) {
        if (files.exists("run/systemd/timesync")) {
            sink.gauge(
                    "solera_host_clock_synchronized",
                    "1 while the clock follows a time server.",
                    files.exists("run/systemd/timesync/synchronized") ? 1 : 0);
        }
    }
}
