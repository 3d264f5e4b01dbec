// SPDX-License-Identifier: Apache-2.0
package org.solera.hardware.linux.internal;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.solera.hardware.api.Inventory.Cpu;

/** Processors, architecture and memory, from {@code /proc} and {@code /sys/devices/system/cpu}. */
final class ProcessorFacts {
    static final String X86_64 = "x86_64";
    static final String AARCH64 = "aarch64";
    private static final String ONLINE = "/sys/devices/system/cpu/online";
    private static final int FEATURE_LIMIT = 512;

    private ProcessorFacts() {}

    static Cpu cpu(MachineFiles files) {
        String info = files.text("/proc/cpuinfo");
        // The file shows one processor after the other and may be longer than what is read: the first one is enough.
        List<String> features = flags(info);
        return new Cpu(model(info), cores(files, info), features);
    }

    private static String model(String info) {
        return FactText.value(info, "model name", ':')
                .or(() -> FactText.value(info, "Model", ':'))
                .or(() -> implementer(info))
                .orElse("");
    }

    /** Arm kernels name the maker and the part by number only. */
    private static Optional<String> implementer(String info) {
        return FactText.value(info, "CPU implementer", ':')
                .flatMap(maker -> FactText.value(info, "CPU part", ':')
                        .map(part -> "implementer %s part %s".formatted(maker, part)));
    }

    private static List<String> flags(String info) {
        // A line of flags is longer than other facts, so it is not cut like one.
        return info.lines()
                .filter(line -> line.startsWith("flags") || line.startsWith("Features"))
                .findFirst()
                .map(line -> line.substring(line.indexOf(':') + 1).strip().split("\\s+"))
                .map(names -> Arrays.stream(names)
                        .filter(name -> name.matches("[A-Za-z0-9_.-]{1,40}"))
                        .distinct()
                        .sorted()
                        .limit(FEATURE_LIMIT)
                        .toList())
                .orElse(List.of());
    }

    private static int cores(MachineFiles files, String info) {
        int online = FactText.listed(files.line(ONLINE));
        return online > 0
                ? online
                : (int) info.lines()
                        .filter(line -> line.startsWith("processor"))
                        .count();
    }

    /**
     * {@return the architecture of a recorded machine, from its note or from the shape of its {@code cpuinfo}}
     *
     * @param note what the recorder wrote down, empty if there is none
     */
    static String recordedArchitecture(MachineFiles files, String note) {
        if (note.equals(X86_64) || note.equals(AARCH64)) {
            return note;
        }
        String info = files.text("/proc/cpuinfo");
        if (flags(info).contains("lm")) { // long mode: 64 bits on x86
            return X86_64;
        }
        boolean arm = FactText.value(info, "CPU implementer", ':').isPresent();
        boolean wide = FactText.value(info, "CPU architecture", ':')
                .filter(version ->
                        version.equals("AArch64") || FactText.number(version).orElse(0) >= 8)
                .isPresent();
        return arm && wide ? AARCH64 : "";
    }

    /** {@return the architecture of this machine in the words of the inventory} */
    static String architecture(String javaName) {
        return switch (javaName) {
            case "amd64", X86_64 -> X86_64;
            case "arm64", AARCH64 -> AARCH64;
            default -> javaName;
        };
    }

    /** {@return main memory, in bytes; 0 when not told} */
    static long memoryBytes(MachineFiles files) {
        return FactText.value(files.text("/proc/meminfo"), "MemTotal", ':')
                .filter(value -> value.endsWith(" kB"))
                .map(value -> FactText.number(value.substring(0, value.length() - 3)))
                .map(kibibytes -> kibibytes.orElse(0))
                .filter(kibibytes -> kibibytes < Long.MAX_VALUE / 1024)
                .map(kibibytes -> kibibytes * 1024)
                .orElse(0L);
    }
}
