// SPDX-License-Identifier: Apache-2.0
package org.solera.hardware.binder.internal;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.solera.hardware.api.Inventory;
import org.solera.hardware.api.Inventory.Gpu;

/** What a profile can ask of a machine; {@code profiles/schema.json} lists the same. */
enum Fact {
    ARCHITECTURE("architecture", "architecture", Kind.TEXT),
    BOARD_VENDOR("board.vendor", "maker", Kind.TEXT),
    BOARD_PRODUCT("board.product", "product", Kind.TEXT),
    DEVICE_TREE("device-tree.compatible", "device tree entry", Kind.TEXT),
    CPU_MODEL("cpu.model", "processor", Kind.TEXT),
    CPU_FEATURE("cpu.feature", "processor feature", Kind.TEXT),
    CPU_CORES("cpu.cores", "cores", Kind.COUNT),
    MEMORY("memory", "memory", Kind.BYTES),
    GPU_VENDOR("gpu.vendor", "vendor", Kind.TEXT),
    GPU_DEVICE("gpu.device", "device", Kind.TEXT),
    GPU_DRIVER("gpu.driver", "driver", Kind.TEXT),
    GPU_ENCODER("gpu.encoder", "encoder", Kind.TEXT),
    GPU_VULKAN("gpu.vulkan", "Vulkan", Kind.VERSION);

    /** How a fact is compared. */
    enum Kind {
        /** {@code is} or {@code matches}. */
        TEXT,
        /** {@code at-least} a number. */
        COUNT,
        /** {@code at-least} an amount of bytes. */
        BYTES,
        /** {@code at-least} a version. */
        VERSION
    }

    private final String key;
    private final String words;
    private final Kind kind;

    Fact(String key, String words, Kind kind) {
        this.key = key;
        this.words = words;
        this.kind = kind;
    }

    /** {@return its name in a profile} */
    String key() {
        return key;
    }

    /** {@return its name for people} */
    String words() {
        return words;
    }

    Kind kind() {
        return kind;
    }

    /** {@return whether it is a fact of one graphics device, not of the machine} */
    boolean ofGpu() {
        return key.startsWith("gpu.");
    }

    static Optional<Fact> named(String key) {
        return Arrays.stream(values()).filter(fact -> fact.key.equals(key)).findFirst();
    }

    /** {@return the values of this fact of a machine; a fact that is not told has none} */
    List<String> of(Inventory box) {
        List<String> values = switch (this) {
            case ARCHITECTURE -> List.of(box.architecture());
            case BOARD_VENDOR -> List.of(box.board().vendor());
            case BOARD_PRODUCT -> List.of(box.board().product());
            case DEVICE_TREE -> box.board().compatible();
            case CPU_MODEL -> List.of(box.cpu().model());
            case CPU_FEATURE -> box.cpu().features();
            case CPU_CORES -> List.of(Integer.toString(box.cpu().logicalCores()));
            case MEMORY -> List.of(Long.toString(box.memoryBytes()));
            default -> throw new IllegalArgumentException(key + " is a fact of a graphics device");
        };
        return values.stream().filter(value -> !value.isEmpty()).toList();
    }

    /** {@return the values of this fact of a graphics device; a fact that is not told has none} */
    List<String> of(Gpu gpu) {
        List<String> values = switch (this) {
            case GPU_VENDOR -> List.of(gpu.vendor());
            case GPU_DEVICE -> List.of(gpu.device());
            case GPU_DRIVER -> List.of(gpu.driver());
            case GPU_ENCODER -> gpu.encoders();
            case GPU_VULKAN -> List.of(gpu.vulkanVersion());
            default -> throw new IllegalArgumentException(key + " is a fact of the machine");
        };
        return values.stream().filter(value -> !value.isEmpty()).toList();
    }
}
