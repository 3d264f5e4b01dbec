// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.notices.internal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What this box is called. */
final class Box {
    private static final Logger log = LoggerFactory.getLogger(Box.class);
    private static final Path NAME = Path.of("/proc/sys/kernel/hostname"); // asks no name server

    private Box() {}

    static String name() {
        try {
            String name = Files.readString(NAME).strip();
            return name.isEmpty() ? "solera" : name;
        } catch (IOException missing) {
            log.debug("The name of the host cannot be read.", missing);
            return "solera";
        }
    }
}
