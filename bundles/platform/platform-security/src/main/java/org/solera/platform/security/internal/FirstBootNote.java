// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.security.internal;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.solera.platform.api.files.DurableFile;

/**
 * Tells the person at the console the credentials made at first boot: {@code <data>/run/first-boot.txt}, mode 0600, one
 * {@code label: value} per line. The launcher prints it once and deletes it. A line is written before the credential it
 * names is stored, so that a power cut between the two cannot make a credential that nobody knows.
 */
final class FirstBootNote {
    private static final Object LOCK = new Object();

    private final Path folder;
    private final Path file;

    FirstBootNote(Path data) {
        this.folder = data.resolve("run");
        this.file = folder.resolve("first-boot.txt");
    }

    /** Sets the line with this label. */
    void put(String label, String value) throws IOException {
        synchronized (LOCK) {
            Path unused = DurableFile.folder(folder);
            List<String> lines = new ArrayList<>();
            if (Files.exists(file)) {
                lines.addAll(Files.readAllLines(file, StandardCharsets.UTF_8));
                lines.removeIf(line -> line.startsWith(label + ": "));
            }
            lines.add(label + ": " + value);
            DurableFile.replace(file, (String.join("\n", lines) + "\n").getBytes(StandardCharsets.UTF_8));
        }
    }

    /** Takes the note away. */
    void delete() throws IOException {
        synchronized (LOCK) {
            DurableFile.delete(file);
        }
    }
}
