// SPDX-License-Identifier: Apache-2.0
package org.solera.hardware.binder.internal;

import java.time.Instant;
import java.util.List;
import org.solera.hardware.api.Inventory;
import org.solera.hardware.api.Inventory.Gpu;

/** Machines for tests. */
final class Boxes {
    private Boxes() {}

    /** {@return a virtual machine of 2 cores and 4 GiB without a GPU} */
    static Inventory small() {
        return of("x86_64", 2, 4L << 30, List.of());
    }

    static Inventory with(Gpu... gpus) {
        return of("x86_64", 2, 4L << 30, List.of(gpus));
    }

    static Inventory of(String architecture, int cores, long memoryBytes, List<Gpu> gpus) {
        return new Inventory(
                Instant.parse("2026-03-01T12:00:00Z"),
                "/",
                architecture,
                new Inventory.Board("Example Servers", "GS-2200; \"rev\\2\"", List.of("example,board")),
                new Inventory.Cpu("Example", cores, List.of("aes", "avx2")),
                memoryBytes,
                gpus,
                List.of(),
                List.of());
    }

    static Gpu gpu(String vendor, String device, String driver, String vulkan) {
        return new Gpu("0000:01:00.0", vendor, device, driver, "", vulkan, List.of());
    }

    /** {@return a server with a card that renders and encodes} */
    static Inventory render() {
        return of(
                "x86_64",
                32,
                128L << 30,
                List.of(
                        gpu("1a03", "2000", "ast", ""),
                        new Gpu(
                                "0000:17:00.0",
                                "nvidia",
                                "NVIDIA L4",
                                "nvidia",
                                "/dev/dri/renderD128",
                                "1.3",
                                List.of("h264=nvenc", "hevc=nvenc"))));
    }
}
