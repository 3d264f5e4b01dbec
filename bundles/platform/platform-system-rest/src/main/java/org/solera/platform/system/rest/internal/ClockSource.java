// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.system.rest.internal;

import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Reads what the programs that set the clock leave in files: systemd-timesyncd whether the clock is set, chrony only that it
 * runs. Starts no program. Thread-safe.
 */
final class ClockSource {
    /**
     * What is known of the clock.
     *
     * @param inSync whether a time server sets it; null if not known
     * @param source who sets it
     * @param detail a sentence
     */
    record State(@Nullable Boolean inSync, String source, String detail) {}

    private final Path root;

    ClockSource() {
        this(Path.of("/"));
    }

    /** @param root the file system to read */
    ClockSource(Path root) {
        this.root = root;
    }

    State state() {
        Path timesync = root.resolve("run/systemd/timesync");
        if (Files.exists(timesync.resolve("synchronized"))) {
            return new State(true, "systemd", "The clock is set by a time server.");
        }
        if (Files.exists(timesync)) {
            return new State(false, "systemd", "A time server is asked, the clock is not set by it yet.");
        }
        if (Files.exists(root.resolve("run/chrony"))) {
            return new State(null, "chrony", "chrony sets the clock; 'chronyc tracking' on the box tells how well.");
        }
        return new State(null, "not known", "The operating system does not say.");
    }
}
