// SPDX-License-Identifier: Apache-2.0
package org.solera.hardware.binder.internal;

import java.util.ArrayList;
import java.util.List;
import org.solera.hardware.api.Inventory;
import org.solera.hardware.api.Inventory.Gpu;

/** Says what a machine has, in words. Stateless. */
final class BoxWords {
    private static final int SHOWN = 4; // of many values only the first few help a reader

    private BoxWords() {}

    /** {@return a graphics device as people know it} */
    static String gpu(Gpu gpu) {
        List<String> facts = new ArrayList<>();
        facts.add("vendor " + (gpu.vendor().isEmpty() ? "unknown" : gpu.vendor()));
        facts.add(gpu.driver().isEmpty() ? "no driver" : "driver " + gpu.driver());
        facts.add(gpu.vulkanVersion().isEmpty() ? "no Vulkan" : "Vulkan " + gpu.vulkanVersion());
        gpu.encoders().forEach(encoder -> facts.add("encoder " + encoder));
        String name = gpu.device().isEmpty() ? "a GPU" : gpu.device();
        return "%s (%s)".formatted(name, String.join(", ", facts));
    }

    /** {@return what the machine has of a fact, as a clause} */
    static String has(Fact fact, List<String> values, Inventory box) {
        if (fact == Fact.CPU_CORES && box.cpu().logicalCores() > 0) {
            return "this box has " + box.cpu().logicalCores();
        }
        if (fact == Fact.MEMORY && box.memoryBytes() > 0) {
            return "this box has " + Amounts.bytes(box.memoryBytes());
        }
        if (values.isEmpty() || fact == Fact.CPU_CORES || fact == Fact.MEMORY) {
            return "this box does not tell";
        }
        String shown = String.join(", ", values.subList(0, Math.min(SHOWN, values.size())));
        return "this box has " + shown + (values.size() > SHOWN ? " and " + (values.size() - SHOWN) + " more" : "");
    }

    /** {@return the machine in a few words, for health and log} */
    static String summary(Inventory box) {
        int gpus = box.gpus().size();
        return "%s, %s, %s"
                .formatted(
                        count(box.cpu().logicalCores(), "core"),
                        box.memoryBytes() > 0 ? Amounts.bytes(box.memoryBytes()) + " of memory" : "memory not told",
                        gpus == 0 ? "no GPU" : count(gpus, "GPU"));
    }

    private static String count(int number, String what) {
        return number + " " + what + (number == 1 ? "" : "s");
    }
}
