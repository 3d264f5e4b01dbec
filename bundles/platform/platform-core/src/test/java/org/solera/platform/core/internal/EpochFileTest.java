// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.core.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EpochFileTest {
    @TempDir
    private Path folder;

    @Test
    void numbersGrowForEachResourceOnItsOwn() throws IOException {
        EpochFile epochs = new EpochFile(folder);
        assertEquals(1, epochs.next("a"));
        assertEquals(2, epochs.next("a"));
        assertEquals(1, epochs.next("b"));
        assertEquals(3, new EpochFile(folder).next("a"));
    }

    @Test
    void aNumberWhoseWriteFailedIsNotGivenOutAgain() throws IOException {
        EpochFile epochs = new EpochFile(folder);
        assertEquals(1, epochs.next("a"));
        Path inTheWay = Files.createDirectory(folder.resolve("epochs.tmp"));
        assertThrows(IOException.class, () -> epochs.next("a"));
        Files.delete(inTheWay);
        assertEquals(3, epochs.next("a"));
    }

    @Test
    void aDamagedListIsRefusedRatherThanCountedFromOne() throws IOException {
        Files.writeString(folder.resolve("epochs"), "solera-epochs 1.0\nstorage.engine=x\n");
        assertThrows(IOException.class, () -> new EpochFile(folder));
        Files.writeString(folder.resolve("epochs"), "solera-epochs 2.0\n");
        assertThrows(IOException.class, () -> new EpochFile(folder));
    }
}
