// SPDX-License-Identifier: Apache-2.0
package org.solera.hardware.linux.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RootedFilesTest {
    @TempDir
    Path root;

    private MachineFiles files;

    @BeforeEach
    void open() {
        files = new RootedFiles(root);
    }

    @Test
    void readsNoMoreThanTheLimitOfAFile() throws IOException {
        Files.write(root.resolve("long"), new byte[MachineFiles.READ_LIMIT_BYTES + 10]);

        assertEquals(MachineFiles.READ_LIMIT_BYTES, files.bytes("/long").length);
    }

    @Test
    void readsALinkAndAFileInItsPlaceTheSameWay() throws IOException {
        Files.createSymbolicLink(root.resolve("link"), Path.of("../../bus/pci/drivers/nvidia"));
        Files.writeString(root.resolve("file"), "nvidia\n");

        assertEquals("nvidia", files.link("/link"));
        assertEquals("nvidia", files.link("/file"));
        assertEquals("", files.link("/missing"));
    }

    @Test
    void neitherAFolderNorAMissingPathIsAFile() throws IOException {
        Files.createDirectory(root.resolve("folder"));

        assertEquals("", files.text("/folder"));
        assertEquals("", files.text("/missing"));
        assertEquals(List.of(), files.list("/missing"));
        assertEquals(List.of("folder"), files.list("/"));
    }

    @Test
    void listsByName() throws IOException {
        Files.createDirectory(root.resolve("d"));
        Files.writeString(root.resolve("d/b"), "");
        Files.writeString(root.resolve("d/a"), "");

        assertEquals(List.of("a", "b"), files.list("/d"));
    }
}
