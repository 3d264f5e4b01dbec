// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.system.rest.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClockSourceTest {
    @TempDir
    private Path root;

    private ClockSource.State state() {
        return new ClockSource(root).state();
    }

    @Test
    void saysThatItDoesNotKnow() {
        assertNull(state().inSync());
        assertEquals("not known", state().source());
    }

    @Test
    void readsWhatSystemdLeaves() throws IOException {
        Path timesync = Files.createDirectories(root.resolve("run/systemd/timesync"));
        assertEquals(false, state().inSync());
        Files.createFile(timesync.resolve("synchronized"));
        assertEquals(new ClockSource.State(true, "systemd", "The clock is set by a time server."), state());
    }

    @Test
    void knowsOfChronyOnlyThatItRuns() throws IOException {
        Files.createDirectories(root.resolve("run/chrony"));
        assertNull(state().inSync());
        assertEquals("chrony", state().source());
    }
}
