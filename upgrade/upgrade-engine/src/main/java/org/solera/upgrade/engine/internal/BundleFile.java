// SPDX-License-Identifier: Apache-2.0
package org.solera.upgrade.engine.internal;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import java.util.zip.ZipException;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.Version;
import org.solera.upgrade.api.UpgradeError;
import org.solera.upgrade.api.UpgradeException;

/**
 * What the manifest of a bundle says, as far as a swap must know it. Immutable.
 *
 * @param file the bundle
 * @param name symbolic name
 * @param version version, in canonical form
 * @param sha256 hash of the whole file, lower-case hex
 * @param exports whether it exports packages
 * @param fragment whether it is a fragment of another bundle
 * @param singleton whether only one version of it may be resolved
 */
record BundleFile(
        Path file, String name, String version, String sha256, boolean exports, boolean fragment, boolean singleton) {
    /** The largest bundle that is accepted, in bytes: 256 MiB. */
    static final long LIMIT_BYTES = 256L << 20;

    /** {@return what is in this file} */
    static BundleFile read(Path file) throws UpgradeException {
        try {
            long size = Files.size(file);
            if (size > LIMIT_BYTES) {
                throw refused("it has %d MiB, and %d MiB are the limit".formatted(size >> 20, LIMIT_BYTES >> 20), null);
            }
            String hash = hash(file);
            try (JarFile jar = new JarFile(file.toFile())) {
                Manifest manifest = jar.getManifest();
                if (manifest == null) {
                    throw refused("it has no manifest", null);
                }
                return of(file, hash, manifest.getMainAttributes());
            }
        } catch (NoSuchFileException missing) {
            throw refused("there is no such file", missing);
        } catch (ZipException damaged) {
            throw refused("it is no ZIP archive, or a damaged one", damaged);
        } catch (SecurityException signature) {
            throw refused("its signature does not fit its content", signature);
        } catch (IOException unreadable) {
            throw refused("it or its manifest cannot be read", unreadable);
        }
    }

    private static BundleFile of(Path file, String hash, Attributes main) throws UpgradeException {
        String name = main.getValue("Bundle-SymbolicName");
        if (name == null || name.isBlank()) {
            throw refused("its manifest has no symbolic name", null);
        }
        if (!"2".equals(trimmed(main.getValue("Bundle-ManifestVersion")))) {
            throw refused("its manifest is not of the kind (Bundle-ManifestVersion) 2", null);
        }
        String plain = name.split(";", 2)[0].trim();
        if (!plain.matches("[A-Za-z0-9_.-]{1,200}")) {
            throw refused("its symbolic name has characters that are not allowed", null);
        }
        try {
            return new BundleFile(
                    file,
                    plain,
                    Version.parseVersion(main.getValue("Bundle-Version")).toString(),
                    hash,
                    main.getValue("Export-Package") != null,
                    main.getValue("Fragment-Host") != null,
                    name.replace(" ", "").contains("singleton:=true"));
        } catch (IllegalArgumentException badVersion) {
            throw refused("its version is not of the form 1.2.3", badVersion);
        }
    }

    private static @Nullable String trimmed(@Nullable String value) {
        return value == null ? null : value.trim();
    }

    private static UpgradeException refused(String why, @Nullable Throwable cause) {
        return new UpgradeException(
                UpgradeError.NOT_A_BUNDLE,
                "The file is not a bundle: %s.".formatted(why),
                "Give the file of a bundle of this product.",
                cause);
    }

    private static String hash(Path file) throws IOException {
        MessageDigest digest = DurableFile.digest();
        byte[] buffer = new byte[1 << 16];
        try (InputStream in = Files.newInputStream(file)) {
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                digest.update(buffer, 0, read);
            }
        }
        return HexFormat.of().formatHex(digest.digest());
    }
}
