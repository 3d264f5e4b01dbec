// SPDX-License-Identifier: Apache-2.0
package org.solera.hardware.api;

import java.time.Instant;
import java.util.List;

/**
 * What the probes found. A fact that a machine does not tell is an empty text, 0 or an empty list, never a guess.
 *
 * @param probed when the probes ran, UTC
 * @param source the folder that stands for the root of the machine: {@code /}, or a recorded machine
 * @param architecture {@code x86_64} or {@code aarch64}
 * @param board the machine
 * @param cpu the processors
 * @param memoryBytes main memory, in bytes
 * @param gpus the graphics devices
 * @param blockDevices the block devices
 * @param networkInterfaces the network interfaces
 */
public record Inventory(
        Instant probed,
        String source,
        String architecture,
        Board board,
        Cpu cpu,
        long memoryBytes,
        List<Gpu> gpus,
        List<BlockDevice> blockDevices,
        List<NetworkInterface> networkInterfaces) {
    public Inventory {
        gpus = List.copyOf(gpus);
        blockDevices = List.copyOf(blockDevices);
        networkInterfaces = List.copyOf(networkInterfaces);
    }

    /** {@return whether these are the facts of the machine that this runs on, not of a recorded one} */
    public boolean live() {
        return source.equals("/");
    }

    /**
     * The machine, from DMI or the device tree.
     *
     * @param vendor who made it
     * @param product what they call it
     * @param compatible device-tree {@code compatible} entries, most specific first; empty on x86_64
     */
    public record Board(String vendor, String product, List<String> compatible) {
        public Board {
            compatible = List.copyOf(compatible);
        }
    }

    /**
     * The processors.
     *
     * @param model model name
     * @param logicalCores cores that run at the same time
     * @param features flags that the kernel names, sorted
     */
    public record Cpu(String model, int logicalCores, List<String> features) {
        public Cpu {
            features = List.copyOf(features);
        }
    }

    /**
     * A graphics device.
     *
     * @param pciAddress {@code 0000:01:00.0}; empty when not on PCI
     * @param vendor {@code nvidia}, {@code amd}, {@code intel}, or the PCI id in hex
     * @param device the PCI device id in hex, or the name a driver gives it
     * @param driver kernel driver; empty when none is bound
     * @param renderNode {@code /dev/dri/renderD128}; empty when there is none
     * @param vulkanVersion highest Vulkan version that its driver offers, {@code 1.3}; empty when none
     * @param encoders working hardware encoders by codec, {@code h264=nvenc}; sorted
     */
    public record Gpu(
            String pciAddress,
            String vendor,
            String device,
            String driver,
            String renderNode,
            String vulkanVersion,
            List<String> encoders) {
        public Gpu {
            encoders = List.copyOf(encoders);
        }
    }

    /**
     * A block device.
     *
     * @param name kernel name
     * @param sizeBytes its size, in bytes
     * @param rotational whether it spins
     * @param model what its maker calls it
     */
    public record BlockDevice(String name, long sizeBytes, boolean rotational, String model) {}

    /**
     * A network interface.
     *
     * @param name kernel name
     * @param macAddress hardware address
     * @param speedMbps link speed in Mbit/s; 0 when unknown or down
     * @param driver kernel driver
     */
    public record NetworkInterface(String name, String macAddress, int speedMbps, String driver) {}
}
