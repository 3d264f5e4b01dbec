// SPDX-License-Identifier: Apache-2.0
package org.solera.hardware.binder.internal;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The profiles that are shipped and those that were added in {@code <data>/profiles}. A file that was added with the
 * name of a shipped profile replaces it. Thread-safe: the folder is read with each call.
 */
final class ProfileShelf {
    private static final int FILE_LIMIT = 256;

    private final Map<String, byte[]> shipped;
    private final Path folder;

    /**
     * @param shipped content of the shipped files by name
     * @param folder where files are added
     */
    ProfileShelf(Map<String, byte[]> shipped, Path folder) {
        this.shipped = Map.copyOf(shipped);
        this.folder = folder;
    }

    /**
     * What is on the shelf.
     *
     * @param profiles by name
     * @param problems why a file is left out, one sentence each
     */
    record Content(List<Profile> profiles, List<String> problems) {
        Content {
            profiles = List.copyOf(profiles);
            problems = List.copyOf(problems);
        }
    }

    Content read() {
        Map<String, Profile> profiles = new TreeMap<>();
        List<String> problems = new ArrayList<>();
        new TreeMap<>(shipped).forEach((file, yaml) -> add(file, yaml, false, profiles, problems));
        for (Path file : files(problems)) {
            try (InputStream in = Files.newInputStream(file)) {
                add(file.toString(), in.readNBytes(ProfileReader.SIZE_LIMIT_BYTES + 1), true, profiles, problems);
            } catch (IOException unreadable) {
                problems.add("%s cannot be read: %s".formatted(file, unreadable));
            }
        }
        return new Content(List.copyOf(profiles.values()), problems);
    }

    private static void add(
            String file, byte[] yaml, boolean added, Map<String, Profile> profiles, List<String> problems) {
        try {
            Profile profile = ProfileReader.read(file, yaml, added);
            Profile before = profiles.get(profile.name());
            if (before != null && before.added() == added) {
                problems.add("%s: profile %s stands in another file already; this file is left out."
                        .formatted(file, profile.name()));
                return;
            }
            profiles.put(profile.name(), profile);
        } catch (ProfileException refused) {
            problems.add(refused.getMessage() + " The file is left out.");
        }
    }

    private List<Path> files(List<String> problems) {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> entries = Files.list(folder)) {
            List<Path> files = entries.filter(file -> file.toString().endsWith(".yaml"))
                    .filter(Files::isRegularFile)
                    .sorted()
                    .toList();
            if (files.size() > FILE_LIMIT) {
                problems.add("%s holds more than %d profiles; the others are left out.".formatted(folder, FILE_LIMIT));
            }
            return files.subList(0, Math.min(FILE_LIMIT, files.size()));
        } catch (IOException unreadable) {
            problems.add("%s cannot be read: %s".formatted(folder, unreadable));
            return List.of();
        }
    }
}
