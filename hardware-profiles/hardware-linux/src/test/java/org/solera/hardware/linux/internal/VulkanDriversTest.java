// SPDX-License-Identifier: Apache-2.0
package org.solera.hardware.linux.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VulkanDriversTest {
    @TempDir
    Path root;

    private void manifest(String name, String library, String version, String more) throws IOException {
        Path folder = Files.createDirectories(root.resolve("usr/share/vulkan/icd.d"));
        Files.writeString(
                folder.resolve(name),
                "{\"ICD\": {\"library_path\": \"%s\", \"api_version\": \"%s\"%s}}".formatted(library, version, more));
    }

    @Test
    void theHighestVersionOfADriverCounts() throws IOException {
        manifest("a.json", "/opt/amd/amdvlk64.so", "1.2.300", "");
        manifest("b.json", "/usr/lib/libvulkan_radeon.so", "1.10.1", "");

        assertEquals("1.10", VulkanDrivers.read(new RootedFiles(root)).version("amdgpu"));
    }

    @Test
    void aLibraryServesItsOwnKernelDriverOnly() throws IOException {
        manifest("n.json", "libGLX_nvidia.so.0", "1.3.277", "");
        VulkanDrivers drivers = VulkanDrivers.read(new RootedFiles(root));

        assertEquals("1.3", drivers.version("nvidia"));
        assertEquals("", drivers.version("nouveau"));
        assertEquals("", drivers.version(""));
    }

    @Test
    void aLibraryOf32BitsDoesNotCount() throws IOException {
        manifest("i.json", "libvulkan_intel.so", "1.3.1", ", \"library_arch\": \"32\"");

        assertEquals("", VulkanDrivers.read(new RootedFiles(root)).version("i915"));
    }

    @Test
    void aRendererInSoftwareIsNoDevice() throws IOException {
        manifest("l.json", "/usr/lib/nvidia/libvulkan_lvp.so", "1.3.1", "");

        assertEquals("", VulkanDrivers.read(new RootedFiles(root)).version("nvidia"));
    }
}
