// SPDX-License-Identifier: Apache-2.0
package org.solera.upgrade.engine.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.solera.upgrade.api.UpgradeError;
import org.solera.upgrade.api.UpgradeException;

class BundleFileTest {
    @TempDir
    private Path folder;

    private Path jar(String... headers) throws IOException {
        Path file = folder.resolve("swap-4711.jar");
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().putValue("Manifest-Version", "1.0");
        for (int i = 0; i < headers.length; i += 2) {
            manifest.getMainAttributes().putValue(headers[i], headers[i + 1]);
        }
        try (OutputStream out = Files.newOutputStream(file);
                JarOutputStream jar =
                        headers.length == 0 ? new JarOutputStream(out) : new JarOutputStream(out, manifest)) {
            jar.flush();
        }
        return file;
    }

    private void isRefusedWith(String words, Path file) {
        UpgradeException refused = assertThrows(UpgradeException.class, () -> BundleFile.read(file));
        assertEquals(UpgradeError.NOT_A_BUNDLE, refused.code());
        assertEquals("The file is not a bundle: " + words + ".", refused.getMessage());
        assertFalse(refused.explain().contains("swap-4711"), refused.explain());
    }

    @Test
    void aBundleTellsItsNameAndVersion() throws Exception {
        BundleFile bundle = BundleFile.read(jar(
                "Bundle-ManifestVersion", "2",
                "Bundle-SymbolicName", "org.solera.x; singleton:=true",
                "Bundle-Version", "1.2"));
        assertEquals("org.solera.x", bundle.name());
        assertEquals("1.2.0", bundle.version());
        assertTrue(bundle.singleton());
        assertFalse(bundle.fragment());
    }

    @Test
    void whatIsWrongIsSaidInWords() throws Exception {
        Path text = Files.writeString(folder.resolve("swap-4711.jar"), "not a bundle");
        isRefusedWith("it is no ZIP archive, or a damaged one", text);
        isRefusedWith("it is no ZIP archive, or a damaged one", Files.write(text, new byte[0]));
        isRefusedWith("there is no such file", folder.resolve("none"));
        isRefusedWith("it has no manifest", jar());
        isRefusedWith("its manifest has no symbolic name", jar("Bundle-ManifestVersion", "2"));
        isRefusedWith(
                "its manifest is not of the kind (Bundle-ManifestVersion) 2",
                jar("Bundle-SymbolicName", "org.solera.x"));
        isRefusedWith(
                "its symbolic name has characters that are not allowed",
                jar("Bundle-ManifestVersion", "2", "Bundle-SymbolicName", "../x"));
        isRefusedWith(
                "its version is not of the form 1.2.3",
                jar("Bundle-ManifestVersion", "2", "Bundle-SymbolicName", "x", "Bundle-Version", "one"));
        Path whole = jar("Bundle-ManifestVersion", "2", "Bundle-SymbolicName", "org.solera.x");
        byte[] bytes = Files.readAllBytes(whole);
        isRefusedWith(
                "it is no ZIP archive, or a damaged one", Files.write(whole, Arrays.copyOf(bytes, bytes.length - 30)));
    }
}
