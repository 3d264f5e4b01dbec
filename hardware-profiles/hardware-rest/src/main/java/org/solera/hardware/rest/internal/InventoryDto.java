// SPDX-License-Identifier: Apache-2.0
package org.solera.hardware.rest.internal;

import java.time.Instant;
import java.util.List;
import org.solera.hardware.api.Inventory;

/**
 * Wire form of the inventory. A fact that the machine does not tell is an empty text, 0 or an empty list.
 *
 * @param probed when the probes ran, UTC
 * @param source {@code /}, or the folder of the recorded machine that this box takes itself for
 * @param memoryBytes main memory, in bytes
 */
public record InventoryDto(
        Instant probed,
        String source,
        String architecture,
        BoardDto board,
        CpuDto cpu,
        long memoryBytes,
        List<GpuDto> gpus,
        List<BlockDeviceDto> blockDevices,
        List<NetworkInterfaceDto> networkInterfaces) {
    /** Wire form of the machine's name. */
    public record BoardDto(String vendor, String product, List<String> compatible) {}

    /** Wire form of the processors. */
    public record CpuDto(String model, int logicalCores, List<String> features) {}

    /** Wire form of a graphics device; {@code encoders} as {@code h264=nvenc}. */
    public record GpuDto(
            String pciAddress,
            String vendor,
            String device,
            String driver,
            String renderNode,
            String vulkanVersion,
            List<String> encoders) {}

    /** Wire form of a block device. */
    public record BlockDeviceDto(String name, long sizeBytes, boolean rotational, String model) {}

    /** Wire form of a network interface; {@code speedMbps} is 0 when unknown or down. */
    public record NetworkInterfaceDto(String name, String macAddress, int speedMbps, String driver) {}

    public InventoryDto {
        gpus = List.copyOf(gpus);
        blockDevices = List.copyOf(blockDevices);
        networkInterfaces = List.copyOf(networkInterfaces);
    }

    /** {@return the wire form of an inventory} */
    static InventoryDto of(Inventory box) {
        return new InventoryDto(
                box.probed(),
                box.source(),
                box.architecture(),
                new BoardDto(
                        box.board().vendor(), box.board().product(), box.board().compatible()),
                new CpuDto(
                        box.cpu().model(), box.cpu().logicalCores(), box.cpu().features()),
                box.memoryBytes(),
                box.gpus().stream().map(InventoryDto::gpu).toList(),
                box.blockDevices().stream()
                        .map(each -> new BlockDeviceDto(each.name(), each.sizeBytes(), each.rotational(), each.model()))
                        .toList(),
                box.networkInterfaces().stream()
                        .map(each -> new NetworkInterfaceDto(
                                each.name(), each.macAddress(), each.speedMbps(), each.driver()))
                        .toList());
    }

    private static GpuDto gpu(Inventory.Gpu gpu) {
        return new GpuDto(
                gpu.pciAddress(),
                gpu.vendor(),
                gpu.device(),
                gpu.driver(),
                gpu.renderNode(),
                gpu.vulkanVersion(),
                gpu.encoders());
    }
}
