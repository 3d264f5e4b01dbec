// SPDX-License-Identifier: Apache-2.0
package org.solera.hardware.linux.internal;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.solera.hardware.api.Inventory.Gpu;

/**
 * Graphics devices: those on PCI by their class, then those of a system on a chip by their render node.
 *
 * <p>Source: {@code /sys/bus/pci/devices}, {@code /sys/class/drm}, {@code /proc/driver/nvidia}, the manifests of the
 * Vulkan loader.
 */
final class GraphicsFacts {
    private static final String PCI = "/sys/bus/pci/devices";
    private static final String DRM = "/sys/class/drm";
    private static final String NVIDIA = "/proc/driver/nvidia";
    private static final String DISPLAY_CLASS = "0x03";
    private static final Map<String, String> VENDORS = Map.of("10de", "nvidia", "1002", "amd", "8086", "intel");

    private final MachineFiles files;
    private final VulkanDrivers vulkan;
    private final boolean nvidiaRuns;
    private final Map<String, String> renderNodes = new TreeMap<>(); // PCI address to node

    private GraphicsFacts(MachineFiles files) {
        this.files = files;
        this.vulkan = VulkanDrivers.read(files);
        this.nvidiaRuns = files.line(NVIDIA + "/version").contains("NVIDIA");
    }

    static List<Gpu> gpus(MachineFiles files) {
        return new GraphicsFacts(files).read();
    }

    private List<Gpu> read() {
        List<Gpu> onChip = renderNodes();
        List<Gpu> found = new ArrayList<>();
        for (String address : files.list(PCI)) {
            if (files.line(PCI + "/" + address + "/class").startsWith(DISPLAY_CLASS)) {
                found.add(onPci(address));
            }
        }
        found.addAll(onChip);
        return found;
    }

    private Gpu onPci(String address) {
        String folder = PCI + "/" + address;
        String vendorId = hex(files.line(folder + "/vendor"));
        String deviceId = hex(files.line(folder + "/device"));
        String driver = files.link(folder + "/driver");
        String vendor = VENDORS.getOrDefault(vendorId, vendorId);
        String name = FactText.value(files.text(NVIDIA + "/gpus/" + address + "/information"), "Model", ':')
                .orElse(deviceId);
        return new Gpu(
                address,
                vendor,
                name,
                driver,
                renderNodes.getOrDefault(address, ""),
                vulkan.version(driver),
                encoders(vendor, driver, deviceId));
    }

    /** The driver of NVIDIA brings its encoder with it; the other vendors' encoders need a trial to be known. */
    private List<String> encoders(String vendor, String driver, String deviceId) {
        boolean ready = vendor.equals("nvidia") && driver.equals("nvidia") && nvidiaRuns;
        return ready && hasEncoder(deviceId) ? List.of("h264=nvenc", "hevc=nvenc") : List.of();
    }

    /** The chips made for computing only, GA100 (20bx, 20fx), GH100 (23xx) and GB100 (29xx), have no encoder on them. */
    private static boolean hasEncoder(String deviceId) {
        return !deviceId.startsWith("20b")
                && !deviceId.startsWith("20f")
                && !deviceId.startsWith("23")
                && !deviceId.startsWith("29");
    }

    /** Notes which PCI device has which render node. {@return the devices that are not on PCI} */
    private List<Gpu> renderNodes() {
        List<Gpu> onChip = new ArrayList<>();
        for (String name : files.list(DRM)) {
            if (!name.matches("renderD\\d{1,4}")) {
                continue;
            }
            String node = "/dev/dri/" + name;
            String event = files.text(DRM + "/" + name + "/device/uevent");
            Optional<String> address = FactText.value(event, "PCI_SLOT_NAME", '=');
            if (address.isPresent()) {
                renderNodes.put(address.get(), node);
            } else {
                onChip(event, node).ifPresent(onChip::add);
            }
        }
        return onChip;
    }

    /** A device of the device tree names its vendor and type as {@code arm,mali-valhall}. */
    private Optional<Gpu> onChip(String event, String node) {
        String driver = FactText.value(event, "DRIVER", '=').orElse("");
        return FactText.value(event, "OF_COMPATIBLE_0", '=')
                .map(compatible -> compatible.split(",", 2))
                .filter(parts -> parts.length == 2 && !driver.isEmpty())
                .map(parts -> new Gpu("", parts[0], parts[1], driver, node, vulkan.version(driver), List.of()));
    }

    private static String hex(String text) {
        return text.matches("0x[0-9a-f]{4}") ? text.substring(2) : "";
    }
}
