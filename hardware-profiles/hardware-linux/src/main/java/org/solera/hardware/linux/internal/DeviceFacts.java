// SPDX-License-Identifier: Apache-2.0
package org.solera.hardware.linux.internal;

import java.util.List;
import java.util.OptionalLong;
import java.util.regex.Pattern;
import org.solera.hardware.api.Inventory.BlockDevice;
import org.solera.hardware.api.Inventory.NetworkInterface;

/** Block devices and network interfaces, from {@code /sys}. */
final class DeviceFacts {
    private static final String BLOCK = "/sys/block";
    private static final String NET = "/sys/class/net";
    private static final long SECTOR_BYTES = 512; // the unit of the size file, whatever the device's own sector is
    private static final long MOST_SECTORS = Long.MAX_VALUE / SECTOR_BYTES;

    /** Devices that are memory, a file, or made of other devices in this list. */
    private static final Pattern NOT_A_DRIVE = Pattern.compile("(loop|ram|zram|dm-|md|nbd|sr|fd)\\d.*");

    private DeviceFacts() {}

    static List<BlockDevice> blockDevices(MachineFiles files) {
        return files.list(BLOCK).stream()
                .filter(name -> !NOT_A_DRIVE.matcher(name).matches())
                .map(name -> blockDevice(files, name))
                .filter(device -> device.sizeBytes() > 0) // a reader without a card
                .toList();
    }

    private static BlockDevice blockDevice(MachineFiles files, String name) {
        String folder = BLOCK + "/" + name;
        OptionalLong sectors = FactText.number(files.line(folder + "/size"));
        return new BlockDevice(
                name,
                Math.min(sectors.orElse(0), MOST_SECTORS) * SECTOR_BYTES,
                files.line(folder + "/queue/rotational").equals("1"),
                files.line(folder + "/device/model"));
    }

    static List<NetworkInterface> networkInterfaces(MachineFiles files) {
        return files.list(NET).stream()
                .filter(name -> !name.equals("lo"))
                .map(name -> networkInterface(files, name))
                .filter(port -> !port.driver().isEmpty()) // bridges, tunnels and the like have no device below them
                .toList();
    }

    private static NetworkInterface networkInterface(MachineFiles files, String name) {
        String folder = NET + "/" + name;
        String driver = files.link(folder + "/device/driver");
        if (driver.isEmpty()) {
            return new NetworkInterface(name, "", 0, "");
        }
        long speed = FactText.number(files.line(folder + "/speed")).orElse(0);
        return new NetworkInterface(
                name, files.line(folder + "/address"), speed > 10_000_000 ? 0 : (int) speed, driver);
    }
}
