// SPDX-License-Identifier: Apache-2.0
package org.solera.bench.appliance;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** What an appliance sees of the machine when it is shown a recording instead, which can be changed while it runs. */
public final class RecordedMachine {
    private static final String RECORDINGS = "hardware-profiles/hardware-linux/src/test/resources/boxes";

    private final Path recordings;
    private final Path root;

    /**
     * @param repository root of the source tree, where the recordings are
     * @param root a folder that stands in for the root of the machine; it is made
     */
    public RecordedMachine(Path repository, Path root) {
        this.recordings = repository.resolve(RECORDINGS);
        this.root = root;
    }

    /** {@return variables for the launcher} */
    public Map<String, String> environment() {
        return Map.of("SOLERA_JAVA_OPTS", "-Dsolera.hardware.root=" + root);
    }

    /** Takes the place of what was shown before. */
    public void become(String recording) throws IOException {
        Path source = recordings.resolve(recording);
        if (Files.exists(root)) {
            try (Stream<Path> files = Files.walk(root)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        }
        List<Path> files;
        try (Stream<Path> walk = Files.walk(source)) {
            files = walk.toList();
        }
        for (Path file : files) {
            Files.copy(file, root.resolve(source.relativize(file).toString()), LinkOption.NOFOLLOW_LINKS);
        }
    }
}
