// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.security.internal;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.solera.platform.api.SoleraException;

class MasterKeysTest {
    private static final byte[] SECRET = "a mail password".getBytes(StandardCharsets.UTF_8);

    @TempDir
    private Path folder;

    @TempDir
    private Path other;

    @Test
    void whatIsSealedOpensAfterARestartAndForItsPurposeOnly() throws Exception {
        String sealed = new MasterKeys(folder).seal("mail.password", SECRET);
        assertFalse(sealed.contains("mail"));
        MasterKeys again = new MasterKeys(folder);
        assertArrayEquals(SECRET, again.unseal("mail.password", sealed));
        assertThrows(SoleraException.class, () -> again.unseal("ldap.password", sealed));
        assertThrows(SoleraException.class, () -> new MasterKeys(other).unseal("mail.password", sealed));
        assertNotEquals(sealed, again.seal("mail.password", SECRET), "a nonce of its own");
        assertEquals(
                "rw-------",
                PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve("master.key"))));
    }

    @Test
    void everyChangedCharacterIsFound() {
        MasterKeys keys = new MasterKeys(folder);
        String sealed = keys.seal("p", SECRET);
        for (int i = 0; i < sealed.length() - 1; i++) {
            StringBuilder changed = new StringBuilder(sealed);
            changed.setCharAt(i, sealed.charAt(i) == 'A' ? 'B' : 'A');
            assertThrows(SoleraException.class, () -> keys.unseal("p", changed.toString()), () -> changed.toString());
            String cut = sealed.substring(0, i);
            assertThrows(SoleraException.class, () -> keys.unseal("p", cut), cut);
        }
    }

    @Test
    void aNewKeySealsAndTheOldOneStillOpens() throws Exception {
        MasterKeys keys = new MasterKeys(folder);
        String before = keys.seal("p", SECRET);
        keys.rotate();
        String after = keys.seal("p", SECRET);
        assertNotEquals(before.substring(0, 26), after.substring(0, 26), "another key id");
        MasterKeys again = new MasterKeys(folder);
        assertArrayEquals(SECRET, again.unseal("p", before));
        assertArrayEquals(SECRET, again.unseal("p", after));
    }

    @Test
    void theKeysOfABackupOpenWhatTheirBoxSealedAndTheOwnKeyStillSeals() throws Exception {
        MasterKeys source = new MasterKeys(other);
        String sealed = source.seal("p", SECRET);
        MasterKeys target = new MasterKeys(folder);
        String own = target.seal("p", SECRET);
        target.adopt(source.export());
        target.adopt(source.export());
        assertArrayEquals(SECRET, target.unseal("p", sealed));
        assertArrayEquals(SECRET, new MasterKeys(folder).unseal("p", sealed));
        assertEquals(own.substring(0, 26), target.seal("p", SECRET).substring(0, 26));
        assertThrows(IOException.class, () -> target.adopt("solera-master-keys 2.0\nx y\n"));
        assertThrows(IOException.class, () -> MasterKeys.check("solera-master-keys 1.0\nnothing\n"));
    }

    @Test
    void aDamagedKeyFileIsNotReplacedByANewKey() throws IOException {
        Files.writeString(folder.resolve("master.key"), "solera-master-keys 1.0\nbroken\n");
        assertThrows(UncheckedIOException.class, () -> new MasterKeys(folder));
        assertEquals("solera-master-keys 1.0\nbroken\n", Files.readString(folder.resolve("master.key")));
    }
}
