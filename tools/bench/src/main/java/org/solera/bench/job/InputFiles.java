// SPDX-License-Identifier: Apache-2.0
package org.solera.bench.job;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.solera.bench.BenchContext;
import org.solera.bench.Samples;

/** Chooses the real files to work on. */
public final class InputFiles {
    private static final List<String> KINDS = List.of(".jpg", ".jpeg", ".png", ".mp4");

    private InputFiles() {}

    /**
     * {@return the files named on the command line, else those of the folder {@code ../shared/data} beside the source
     * tree, else the small ones that are shipped}
     *
     * @throws IOException if a named file cannot be read
     */
    public static List<Path> choose(BenchContext context) throws IOException {
        if (!context.options().operands().isEmpty()) {
            List<Path> named =
                    context.options().operands().stream().map(Path::of).toList();
            for (Path file : named) {
                if (!Files.isReadable(file)) {
                    throw new IOException("The file " + file + " cannot be read.");
                }
            }
            return named;
        }
        Path shared = context.repository().resolveSibling("shared").resolve("data");
        if (Files.isDirectory(shared)) {
            try (Stream<Path> files = Files.list(shared)) {
                List<Path> found = files.filter(
                                f -> KINDS.stream().anyMatch(k -> f.toString().endsWith(k)))
                        .sorted()
                        .toList();
                if (!found.isEmpty()) {
                    return found;
                }
            }
        }
        return Samples.copyTo(context.scratch().resolve("samples"));
    }
}
