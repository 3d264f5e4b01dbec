// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.history.internal;

import java.util.List;
import java.util.Set;
import org.solera.platform.api.spi.MetricSource.Sink;

/** Temperatures of chips and drives, from hwmon and, where that has none, from the thermal zones. Thread-safe. */
final class Temperatures {
    private static final Set<String> OF_DRIVES = Set.of("drivetemp", "nvme");
    private static final double MILLI = 1_000;
    private static final double COLDEST = -60; // sensors that are not connected tell nonsense
    private static final double HOTTEST = 200;
    private static final String HWMON = "sys/class/hwmon";
    private static final String ZONES = "sys/class/thermal";

    private final HostFiles files;

    Temperatures(HostFiles files) {
        this.files = files;
    }

    void collect(Sink sink) {
        boolean any = false;
        for (String monitor : files.names(HWMON, "hwmon*")) {
            any |= monitor(sink, HWMON + "/" + monitor, monitor);
        }
        if (any) {
            return;
        }
        for (String zone : files.names(ZONES, "thermal_zone*")) {
            String type = files.first(ZONES + "/" + zone + "/type");
            chip(sink, files.first(ZONES + "/" + zone + "/temp"), type.isEmpty() ? "zone" : type, zone);
        }
    }

    private boolean monitor(Sink sink, String folder, String monitor) {
        String chip = files.first(folder + "/name");
        boolean any = false;
        List<String> inputs = files.names(folder, "temp*_input");
        for (String input : inputs) {
            String sensor = input.substring(0, input.length() - "_input".length());
            String text = files.first(folder + "/" + input);
            if (OF_DRIVES.contains(chip)) {
                // Drives tell several sensors; the first one is the composite that their limits are about.
                if (input.equals(inputs.get(0))) {
                    drive(sink, text, drive(folder, monitor));
                }
            } else {
                String label = files.first(folder + "/" + sensor + "_label");
                any |= chip(
                        sink,
                        text,
                        chip.isEmpty() ? monitor : chip,
                        monitor + "/" + (label.isEmpty() ? sensor : label));
            }
        }
        return any;
    }

    private String drive(String folder, String monitor) {
        List<String> blocks = files.names(folder + "/device/block", "*");
        if (!blocks.isEmpty()) {
            return blocks.get(0);
        }
        List<String> names = files.names(folder + "/device", "nvme*n*");
        return names.isEmpty() ? monitor : names.get(0);
    }

    private static void drive(Sink sink, String text, String drive) {
        double celsius = HostFiles.number(text) / MILLI;
        if (celsius > COLDEST && celsius < HOTTEST) {
            sink.gauge("solera_host_drive_temperature_celsius", "Temperature of a drive.", celsius, "drive", drive);
        }
    }

    private static boolean chip(Sink sink, String text, String chip, String sensor) {
        double celsius = HostFiles.number(text) / MILLI;
        if (celsius > COLDEST && celsius < HOTTEST) {
            sink.gauge(
                    "solera_host_temperature_celsius",
                    "Temperature of a sensor.",
                    celsius,
                    "chip",
                    chip,
                    "sensor",
                    sensor);
            return true;
        }
        return false;
    }
}
