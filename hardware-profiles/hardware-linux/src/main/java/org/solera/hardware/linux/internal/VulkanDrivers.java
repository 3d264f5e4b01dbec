// SPDX-License-Identifier: Apache-2.0
package org.solera.hardware.linux.internal;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The Vulkan drivers that are installed, from the files that tell the Vulkan loader about them. They say what a driver
 * offers at most, not that a device works: only a trial shows that.
 *
 * <p>Immutable. Source: the manifest format of the Vulkan loader ({@code ICD.library_path}, {@code ICD.api_version},
 * {@code ICD.library_arch}).
 */
final class VulkanDrivers {
    private static final List<String> FOLDERS =
            List.of("/usr/share/vulkan/icd.d", "/usr/local/share/vulkan/icd.d", "/etc/vulkan/icd.d");
    private static final Pattern LIBRARY = Pattern.compile("\"library_path\"\\s*:\\s*\"([^\"]{1,512})\"");
    private static final Pattern VERSION = Pattern.compile("\"api_version\"\\s*:\\s*\"(\\d{1,3})\\.(\\d{1,3})[.\"]");
    private static final Pattern NARROW = Pattern.compile("\"library_arch\"\\s*:\\s*\"32\"");

    /** Which kernel drivers a Vulkan library works with, by a word in its file name. */
    private static final Map<String, Set<String>> KERNEL_DRIVERS = Map.of(
            "nvidia", Set.of("nvidia"),
            "nouveau", Set.of("nouveau"),
            "radeon", Set.of("amdgpu"),
            "amdvlk", Set.of("amdgpu"),
            "intel", Set.of("i915", "xe"),
            "panfrost", Set.of("panfrost", "panthor"),
            "freedreno", Set.of("msm"),
            "broadcom", Set.of("v3d"));

    private record Offer(Set<String> kernelDrivers, int major, int minor) {}

    private final List<Offer> offers;

    private VulkanDrivers(List<Offer> offers) {
        this.offers = List.copyOf(offers);
    }

    static VulkanDrivers read(MachineFiles files) {
        List<Offer> offers = new ArrayList<>();
        for (String folder : FOLDERS) {
            for (String name : files.list(folder)) {
                if (name.endsWith(".json")) {
                    offer(files.text(folder + "/" + name)).ifPresent(offers::add);
                }
            }
        }
        return new VulkanDrivers(offers);
    }

    private static Optional<Offer> offer(String manifest) {
        Matcher library = LIBRARY.matcher(manifest);
        Matcher version = VERSION.matcher(manifest);
        if (NARROW.matcher(manifest).find() || !library.find() || !version.find()) {
            return Optional.empty();
        }
        // The path above the file name says nothing about the driver.
        String file = library.group(1).substring(library.group(1).lastIndexOf('/') + 1);
        return KERNEL_DRIVERS.entrySet().stream()
                .filter(driver -> file.contains(driver.getKey()))
                .findFirst()
                .map(driver -> new Offer(
                        driver.getValue(), Integer.parseInt(version.group(1)), Integer.parseInt(version.group(2))));
    }

    /** {@return the highest version for devices of a kernel driver, {@code 1.3}; empty when none is installed} */
    String version(String kernelDriver) {
        return offers.stream()
                .filter(offer -> offer.kernelDrivers().contains(kernelDriver))
                .max(Comparator.comparingInt(Offer::major).thenComparingInt(Offer::minor))
                .map(offer -> offer.major() + "." + offer.minor())
                .orElse("");
    }
}
