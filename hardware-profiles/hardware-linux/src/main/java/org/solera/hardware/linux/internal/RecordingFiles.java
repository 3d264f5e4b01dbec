// SPDX-License-Identifier: Apache-2.0
package org.solera.hardware.linux.internal;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Remembers all that a probe reads, so that a record of a machine holds exactly the files that its facts come from.
 * Confined to one thread.
 */
final class RecordingFiles implements MachineFiles {
    private final MachineFiles machine;
    private final Map<String, byte[]> read = new TreeMap<>();
    private final List<String> listed = new ArrayList<>();

    RecordingFiles(MachineFiles machine) {
        this.machine = machine;
    }

    @Override
    public byte[] bytes(String path) {
        byte[] content = machine.bytes(path);
        if (content.length > 0) {
            read.put(path, content);
        }
        return content;
    }

    @Override
    public String link(String path) {
        String target = machine.link(path);
        if (!target.isEmpty()) {
            read.put(path, (target + "\n").getBytes(StandardCharsets.UTF_8));
        }
        return target;
    }

    @Override
    public List<String> list(String directory) {
        List<String> names = machine.list(directory);
        names.forEach(name -> listed.add(directory + "/" + name));
        return names;
    }

    /** {@return number of files that were read and held something} */
    int files() {
        return read.size();
    }

    /** {@return size of what was read, in bytes} */
    long sizeBytes() {
        return read.values().stream().mapToLong(content -> content.length).sum();
    }

    /** Writes what was read below {@code root}; an entry of a folder that was listed and not read is an empty folder. */
    void writeTo(Path root) throws IOException {
        for (Map.Entry<String, byte[]> file : read.entrySet()) {
            Path target = root.resolve(file.getKey().substring(1));
            Files.createDirectories(parent(target));
            Files.write(target, file.getValue(), StandardOpenOption.CREATE_NEW);
        }
        for (String entry : listed) {
            Path target = root.resolve(entry.substring(1));
            if (Files.notExists(target)) {
                Files.createDirectories(target);
            }
        }
    }

    private static Path parent(Path file) throws IOException {
        Path parent = file.getParent();
        if (parent == null) {
            throw new IOException("No folder above " + file);
        }
        return parent;
    }
}
