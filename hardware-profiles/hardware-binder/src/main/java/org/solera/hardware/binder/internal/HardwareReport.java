// SPDX-License-Identifier: Apache-2.0
package org.solera.hardware.binder.internal;

import java.util.ArrayList;
import java.util.List;
import org.solera.hardware.api.HardwareService.Tuning;
import org.solera.hardware.api.HardwareService.TuningState;
import org.solera.hardware.api.Inventory;
import org.solera.platform.api.HealthReport;
import org.solera.platform.api.spi.MetricSource;

/** Puts what is known of this box into a health report and into figures. Stateless. */
final class HardwareReport {
    private HardwareReport() {}

    /**
     * Says how the binder is.
     *
     * @param facts what is known; {@link Facts#NONE} before the first probe
     * @param canProbe whether a probe is installed
     */
    static HealthReport health(Facts facts, boolean canProbe) {
        if (facts == Facts.NONE) {
            return canProbe
                    ? HealthReport.down("The machine is being probed for the first time.", "Wait a few seconds.")
                    : HealthReport.degraded(
                            "No probe of the machine is installed.", "Install the feature that holds hardware-linux.");
        }
        List<String> detail = new ArrayList<>();
        detail.add("Profile %s: %s.".formatted(facts.profileName(), BoxWords.summary(facts.inventory())));
        List<String> differences = differences(facts);
        if (!differences.isEmpty()) {
            detail.add("Set by hand and left alone: " + String.join("; ", differences) + ".");
        }
        if (facts.problems().isEmpty()) {
            return HealthReport.up(String.join(" ", detail));
        }
        detail.addAll(facts.problems());
        return HealthReport.degraded(
                String.join(" ", detail), "Look at hardware:profile, correct what it names, then run hardware:probe.");
    }

    private static List<String> differences(Facts facts) {
        return facts.tuning().stream()
                .filter(setting -> setting.state() == TuningState.KEPT_BY_HAND)
                .map(HardwareReport::difference)
                .toList();
    }

    private static String difference(Tuning setting) {
        return "%s of %s is %s, the profile says %s"
                .formatted(setting.key(), setting.pid(), setting.found(), setting.wanted());
    }

    static void collect(Facts facts, MetricSource.Sink sink) {
        Inventory box = facts.inventory();
        sink.gauge(
                "solera_hardware_gpus",
                "Graphics devices of this box.",
                box.gpus().size());
        sink.gauge(
                "solera_hardware_cpu_cores",
                "Processor cores of this box.",
                box.cpu().logicalCores());
        sink.gauge("solera_hardware_memory_bytes", "Main memory of this box.", box.memoryBytes());
        sink.gauge("solera_hardware_profile_info", "The hardware profile in force.", 1, "profile", facts.profileName());
        sink.gauge(
                "solera_hardware_tuning_differences",
                "Settings that a person set and that differ from the profile.",
                differences(facts).size());
        sink.gauge(
                "solera_hardware_problems",
                "What does not work as it should in binding the hardware.",
                facts.problems().size());
    }
}
