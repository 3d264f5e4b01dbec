// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.core.internal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The last epoch of every resource, on disk. A number is durable before it is given out, so that none is given twice,
 * whatever happens to the power.
 *
 * <pre>
 * solera-epochs 1.0          magic, major.minor; a greater major is refused
 * storage.engine=17          resource=last epoch, one per line, by name
 * </pre>
 *
 * Commit point: the rename of {@code epochs.tmp} over {@code epochs}. <b>Thread-safety:</b> thread-safe.
 */
final class EpochFile {
    private static final String MAGIC = "solera-epochs ";
    private static final String VERSION = "1.0";

    private final Path file;
    private final Map<String, Long> last = new TreeMap<>(); // guarded by this

    EpochFile(Path folder) throws IOException {
        this.file = folder.resolve("epochs");
        if (Files.exists(file)) {
            read(Files.readAllLines(file, StandardCharsets.UTF_8));
        }
    }

    private void read(List<String> lines) throws IOException {
        if (lines.isEmpty()
                || !lines.get(0).startsWith(MAGIC)
                || !lines.get(0).substring(MAGIC.length()).startsWith("1.")) {
            throw new IOException(file + " is no list of epochs that this version can read.");
        }
        for (String line : lines.subList(1, lines.size())) {
            int equals = line.lastIndexOf('=');
            try {
                last.put(line.substring(0, equals), Long.valueOf(line.substring(equals + 1)));
            } catch (IndexOutOfBoundsException | NumberFormatException damaged) {
                throw new IOException("%s has a damaged line: %s".formatted(file, line), damaged);
            }
        }
    }

    /**
     * Gives out the next epoch of a resource, durably.
     *
     * @throws IOException if it could not be made durable; that number is not used then
     */
    synchronized long next(String resource) throws IOException {
        long next = last.getOrDefault(resource, 0L) + 1;
        // Counted in memory even when the write fails: the file may have got as far as the disk.
        last.put(resource, next);
        StringBuilder text = new StringBuilder(MAGIC).append(VERSION).append('\n');
        last.forEach(
                (name, number) -> text.append(name).append('=').append(number).append('\n'));
        Path temporary = file.resolveSibling("epochs.tmp");
        try (FileChannel channel = FileChannel.open(
                temporary, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING)) {
            ByteBuffer bytes = StandardCharsets.UTF_8.encode(text.toString());
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(true);
        }
        Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        try (FileChannel folder = FileChannel.open(file.toAbsolutePath().getParent(), StandardOpenOption.READ)) {
            folder.force(true);
        }
        return next;
    }
}
