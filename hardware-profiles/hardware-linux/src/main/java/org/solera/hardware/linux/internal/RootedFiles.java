// SPDX-License-Identifier: Apache-2.0
package org.solera.hardware.linux.internal;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads files below a folder that stands for the root of a machine. */
final class RootedFiles implements MachineFiles {
    private static final Logger log = LoggerFactory.getLogger(RootedFiles.class);
    private static final byte[] NOTHING = {};

    private final Path root;

    /** @param root the folder that stands for {@code /} */
    RootedFiles(Path root) {
        this.root = root;
    }

    private Path at(String path) {
        return root.resolve(path.substring(1));
    }

    @Override
    public byte[] bytes(String path) {
        try {
            Path file = at(path);
            if (!Files.isRegularFile(file)) { // never wait for a pipe or a device
                return NOTHING;
            }
            try (InputStream in = Files.newInputStream(file)) {
                return in.readNBytes(READ_LIMIT_BYTES);
            }
        } catch (IOException | InvalidPathException unreadable) {
            // The link speed of a port that is down reads as an error: such a fact is not there.
            log.debug("{} cannot be read: {}", path, unreadable.toString());
            return NOTHING;
        }
    }

    @Override
    public String link(String path) {
        try {
            Path link = at(path);
            if (Files.isSymbolicLink(link)) {
                Path last = Files.readSymbolicLink(link).getFileName();
                return last == null ? "" : last.toString();
            }
            return FactText.line(new String(bytes(path), StandardCharsets.UTF_8));
        } catch (IOException | InvalidPathException unreadable) {
            log.debug("Link {} cannot be read: {}", path, unreadable.toString());
            return "";
        }
    }

    @Override
    public List<String> list(String directory) {
        Path folder = at(directory);
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.map(entry -> String.valueOf(entry.getFileName()))
                    .sorted()
                    .limit(LIST_LIMIT)
                    .toList();
        } catch (IOException | UncheckedIOException unreadable) {
            log.debug("Folder {} cannot be read: {}", directory, unreadable.toString());
            return List.of();
        }
    }
}
