// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.shell.internal.record;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Knows the script that the shell runs at the beginning of every session, which is nobody's wish. Thread-safe. */
final class InitScripts {
    private static final Logger log = LoggerFactory.getLogger(InitScripts.class);
    private static final int LONGEST = 64 * 1024;

    private final Path folder;
    private final String names;

    /** @param names file names in the folder, by comma; patterns are left out */
    InitScripts(String folder, String names) {
        this.folder = Path.of(folder);
        this.names = names;
    }

    /** {@return whether the text is that of such a script, unchanged} */
    boolean isOne(String text) {
        if (text.indexOf('\n') < 0) {
            return false;
        }
        for (String name : names.split(",", 20)) {
            if (!name.isBlank() && name.indexOf('*') < 0 && same(folder.resolve(name.strip()), text)) {
                return true;
            }
        }
        return false;
    }

    private static boolean same(Path file, String text) {
        try {
            return Files.isRegularFile(file)
                    && Files.size(file) <= LONGEST
                    && String.join("\n", Files.readAllLines(file)).strip().equals(text.strip());
        } catch (IOException unreadable) {
            log.debug("The script {} cannot be read.", file, unreadable);
            return false;
        }
    }
}
