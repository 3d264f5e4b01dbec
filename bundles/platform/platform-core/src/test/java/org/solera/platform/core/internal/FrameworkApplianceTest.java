// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.core.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FrameworkApplianceTest {
    @TempDir
    private Path folder;

    private FrameworkAppliance appliance(Map<String, String> more) {
        Map<String, String> properties =
                new HashMap<>(Map.of("solera.data", folder.resolve("data").toString()));
        properties.putAll(more);
        return new FrameworkAppliance(properties::get, "1.0.0");
    }

    @Test
    void makesItsFoldersForItselfOnly() throws IOException {
        FrameworkAppliance appliance = appliance(Map.of());
        Path state = appliance.stateDirectory("core");
        assertEquals(folder.resolve("data/state/core"), state);
        assertEquals("rwx------", PosixFilePermissions.toString(Files.getPosixFilePermissions(state)));
        assertEquals(4, appliance.drives().size());
        assertTrue(appliance.drives().stream().allMatch(Files::isDirectory));
    }

    @Test
    void aDriveThatIsNotMountedIsNotMade() {
        Path mount = folder.resolve("mnt/disk7");
        assertEquals(
                List.of(mount),
                appliance(Map.of("solera.drives", mount.toString())).drives());
        assertFalse(Files.exists(mount));
    }

    @Test
    void wrongValuesFailTheStart() {
        assertThrows(IllegalArgumentException.class, () -> appliance(Map.of("solera.port.offset", "many")));
        assertThrows(IllegalArgumentException.class, () -> appliance(Map.of("solera.port.offset", "70000")));
    }
}
