// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.api.files;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DurableFileTest {
    @TempDir
    private Path folder;

    @Test
    void replacesTheContentAndLeavesNothingBeside() throws IOException {
        Path file = folder.resolve("a/b/keys");
        DurableFile.folder(folder.resolve("a/b"));
        DurableFile.replace(file, bytes("old"));
        DurableFile.replace(file, bytes("new"));
        assertArrayEquals(bytes("new"), Files.readAllBytes(file));
        assertEquals(List.of("keys"), names(file.resolveSibling(".")));
    }

    @Test
    void othersMayNotRead() throws IOException {
        Path file = folder.resolve("secret");
        DurableFile.replace(file, bytes("x"));
        DurableFile.folder(folder.resolve("closed"));
        assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
        assertEquals(
                "rwx------", PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve("closed"))));
    }

    @Test
    void keepsTheOldContentWhenItFails() throws IOException {
        Path file = folder.resolve("name");
        Files.createDirectories(file.resolve("in the way"));
        assertThrows(IOException.class, () -> DurableFile.replace(file, bytes("x")));
        assertEquals(List.of("name"), names(folder));
    }

    @Test
    void deletesWhatIsThere() throws IOException {
        Path file = folder.resolve("gone");
        DurableFile.replace(file, bytes("x"));
        DurableFile.delete(file);
        DurableFile.delete(file);
        assertFalse(Files.exists(file));
    }

    private static List<String> names(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(each -> each.getFileName().toString()).toList();
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
