// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.history.internal;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads the small files of the kernel below a root folder; what is missing is empty. Thread-safe. */
final class HostFiles {
    private static final Logger log = LoggerFactory.getLogger(HostFiles.class);
    private static final int FILES_MOST = 256;

    private final Path root;

    HostFiles(Path root) {
        this.root = root;
    }

    List<String> lines(String path) {
        try {
            // Such files have no length; they are read to their end.
            return new String(Files.readAllBytes(root.resolve(path)), StandardCharsets.UTF_8)
                    .lines()
                    .toList();
        } catch (IOException missing) {
            log.trace("{} cannot be read.", path, missing);
            return List.of();
        }
    }

    /** {@return the first line without blanks around it; empty if there is none} */
    String first(String path) {
        List<String> lines = lines(path);
        return lines.isEmpty() ? "" : lines.get(0).trim();
    }

    boolean exists(String path) {
        return Files.exists(root.resolve(path));
    }

    /** {@return names in a folder that match a pattern, in order; at most 256} */
    List<String> names(String folder, String pattern) {
        List<String> names = new ArrayList<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(root.resolve(folder), pattern)) {
            for (Path file : files) {
                if (names.size() < FILES_MOST) {
                    names.add(file.getFileName().toString());
                }
            }
        } catch (IOException missing) {
            log.trace("{} cannot be listed.", folder, missing);
        }
        names.sort(null);
        return names;
    }

    /** {@return the number, or NaN if it is none} */
    static double number(String text) {
        try {
            return Double.parseDouble(text);
        } catch (NumberFormatException odd) {
            log.trace("'{}' is no number.", text, odd);
            return Double.NaN;
        }
    }
}
