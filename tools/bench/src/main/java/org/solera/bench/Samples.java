// SPDX-License-Identifier: Apache-2.0
package org.solera.bench;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The small real files that are shipped with the benchmarks; where they come from stands beside them. */
public final class Samples {
    private static final List<String> NAMES = List.of("rocket.jpg", "coffee.jpg", "traffic.mp4");

    private Samples() {}

    /** {@return a photograph of 640 by 427 pixels as JPEG} */
    public static byte[] photo() throws IOException {
        return read("rocket.jpg");
    }

    /** {@return all files, copied into a folder} */
    public static List<Path> copyTo(Path folder) throws IOException {
        Files.createDirectories(folder);
        List<Path> files = new ArrayList<>();
        for (String name : NAMES) {
            files.add(Files.write(folder.resolve(name), read(name)));
        }
        return files;
    }

    private static byte[] read(String name) throws IOException {
        try (InputStream in = Samples.class.getResourceAsStream("/samples/" + name)) {
            if (in == null) {
                throw new IOException("The sample " + name + " is missing from the benchmarks.");
            }
            return in.readAllBytes();
        }
    }
}
