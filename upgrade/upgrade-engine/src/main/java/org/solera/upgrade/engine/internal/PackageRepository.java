// SPDX-License-Identifier: Apache-2.0
package org.solera.upgrade.engine.internal;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Bundles and feature repositories that came after the distribution, in the layout of a Maven repository, so that their
 * {@code mvn:} addresses do not change when the data folder moves. The address of a file holds the start of its hash:
 * one address always means the same bytes. Callers hold the {@link ChangeLock}.
 */
final class PackageRepository {
    private static final Logger log = LoggerFactory.getLogger(PackageRepository.class);
    private static final String GROUP = "org.solera.swap";
    private static final Pattern ADDRESS = Pattern.compile("mvn:org\\.solera\\.swap/([^/\\s<]+)/([^/\\s<]+)");
    private static final String SERVED = ".served";
    private static final int HASH_LENGTH = 12;
    private static final int KEPT_VERSIONS = 3;

    private final Path folder;

    private PackageRepository(Path folder) {
        this.folder = folder;
    }

    /** {@return the repository in this folder, which is created when missing} */
    static PackageRepository open(Path repository) throws IOException {
        Path folder = repository.resolve(GROUP.replace('.', '/'));
        DurableFile.folder(folder);
        return new PackageRepository(folder);
    }

    /** Keeps a bundle, durably. {@return its address} */
    String keep(BundleFile bundle) throws IOException {
        String version = bundle.version() + "-" + bundle.sha256().substring(0, HASH_LENGTH);
        Path target = place(bundle.name(), version).resolve(bundle.name() + "-" + version + ".jar");
        if (!Files.exists(target)) {
            Path staged = target.resolveSibling("." + UUID.randomUUID());
            try {
                Files.copy(bundle.file(), staged, StandardCopyOption.REPLACE_EXISTING);
                DurableFile.publish(target, staged);
            } finally {
                Files.deleteIfExists(staged);
            }
        }
        return "mvn:" + GROUP + "/" + bundle.name() + "/" + version;
    }

    /** Keeps a feature repository, durably. {@return its address} */
    String keep(FeatureId feature, byte[] xml) throws IOException {
        String version = feature.version() + "-" + hashOf(xml);
        Path target = place(feature.name(), version).resolve(feature.name() + "-" + version + "-features.xml");
        if (!Files.exists(target)) {
            DurableFile.publish(target, xml);
        }
        return "mvn:" + GROUP + "/" + feature.name() + "/" + version + "/xml/features";
    }

    /** {@return what stands for the content in an address} */
    static String hashOf(byte[] content) {
        return DurableFile.sha256(content).substring(0, HASH_LENGTH);
    }

    private Path place(String name, String version) throws IOException {
        Path place = folder.resolve(name).resolve(version);
        DurableFile.folder(place);
        return place;
    }

    /**
     * Notes that a version has served, which makes it worth keeping for going back.
     *
     * @param address of its feature repository
     */
    void served(String address) throws IOException {
        Set<Path> places = new HashSet<>();
        need(address, places);
        for (Path place : places) {
            if (Files.isDirectory(place)) {
                DurableFile.publish(place.resolve(SERVED), new byte[0]);
            }
        }
    }

    /**
     * Deletes what nothing needs, except the last three versions of each name that served, which are kept for going
     * back; versions that never served are kept only where fewer did.
     *
     * @param addresses what is needed, with all that the feature repositories among them name
     */
    void prune(Collection<String> addresses) {
        try {
            Set<Path> needed = new HashSet<>();
            for (String address : addresses) {
                need(address, needed);
            }
            for (Path name : list(folder)) {
                List<Path> versions = list(name);
                versions.sort(Comparator.comparing(PackageRepository::hasServed)
                        .thenComparing(PackageRepository::age)
                        .reversed());
                for (int i = KEPT_VERSIONS; i < versions.size(); i++) {
                    if (!needed.contains(versions.get(i))) {
                        delete(versions.get(i));
                    }
                }
            }
        } catch (IOException kept) {
            log.warn("Old packages could not be deleted; they take space and nothing else.", kept);
        }
    }

    private void need(String text, Set<Path> needed) throws IOException {
        Matcher address = ADDRESS.matcher(text);
        while (address.find()) {
            Path place = folder.resolve(address.group(1)).resolve(address.group(2));
            if (needed.add(place) && Files.isDirectory(place)) {
                for (Path file : list(place)) {
                    if (file.toString().endsWith("-features.xml")) {
                        need(Files.readString(file, UTF_8), needed);
                    }
                }
            }
        }
    }

    private static List<Path> list(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return new ArrayList<>(files.toList());
        }
    }

    private static boolean hasServed(Path version) {
        return Files.exists(version.resolve(SERVED));
    }

    private static FileTime age(Path file) {
        try {
            return Files.getLastModifiedTime(file);
        } catch (IOException gone) {
            return FileTime.fromMillis(0);
        }
    }

    private static void delete(Path version) throws IOException {
        for (Path file : list(version)) {
            Files.delete(file);
        }
        Files.delete(version);
    }
}
