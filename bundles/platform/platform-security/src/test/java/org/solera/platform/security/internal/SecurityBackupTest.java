// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.security.internal;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.solera.platform.api.AccessKey;
import org.solera.platform.api.SoleraException;

/** Backup of one box and its restore on another. */
class SecurityBackupTest {
    private final MovingClock clock = new MovingClock();

    @TempDir
    private Path one;

    @TempDir
    private Path other;

    private record Box(TestPeople people, ApplianceCertificate certificate, SecurityBackup backup)
            implements AutoCloseable {
        @Override
        public void close() {
            certificate.close();
            people.close();
        }
    }

    private Box box(Path data, MemoryStore store) {
        TestPeople people = TestPeople.at(data, clock).with(store);
        TestBox box = new TestBox(data);
        ApplianceCertificate certificate = new ApplianceCertificate(box, clock, new TestPeople.Direct());
        return new Box(
                people, certificate, new SecurityBackup(box, people.master, people.book, people.table, certificate));
    }

    private static byte[] written(Box box) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        box.backup().write(bytes);
        return bytes.toByteArray();
    }

    @Test
    void anotherBoxOpensEverythingAfterTheRestore() throws Exception {
        MemoryStore source = new MemoryStore();
        byte[] backup;
        AccessKey key;
        String sealed;
        String fingerprint;
        String authority;
        MemoryStore dump;
        String sessionOfBackup;
        try (Box box = box(one, source)) {
            key = box.people().keys.create("admin", "k", Set.of(), null);
            sealed = box.people().master.seal("mail.password", new byte[] {1, 2, 3});
            fingerprint = box.certificate().describe().sha256();
            authority = box.certificate().authority().orElseThrow();
            sessionOfBackup = box.people().signIn("admin").secret();
            box.people().book.tick();
            backup = written(box);
            dump = source.copy();
        }
        MemoryStore target = new MemoryStore();
        try (Box box = box(other, target)) {
            String own = box.people().master.seal("mail.password", new byte[] {9});
            String session = box.people().signIn("admin").secret();
            String before = box.certificate().describe().sha256();
            assertNotEquals(fingerprint, before);
            box.backup().check(new ByteArrayInputStream(backup));
            assertEquals(before, box.certificate().describe().sha256(), "a check changes nothing");
            box.backup().restore(new ByteArrayInputStream(backup));
            box.people().book.unbindStore(target);
            box.people().with(dump);
            box.people().book.tick();
            assertEquals(fingerprint, box.certificate().describe().sha256());
            assertEquals(authority, box.certificate().authority().orElseThrow());
            assertTrue(box.certificate().describe().ownCa());
            assertArrayEquals(new byte[] {1, 2, 3}, box.people().master.unseal("mail.password", sealed));
            assertArrayEquals(new byte[] {9}, box.people().master.unseal("mail.password", own));
            assertEquals(
                    key.secret(), box.people().keys.find(key.id()).orElseThrow().secret());
            assertTrue(box.people().sessions.find(session).isEmpty());
            assertTrue(box.people().sessions.find(sessionOfBackup).isEmpty(), "no session comes back");
            box.backup().restore(new ByteArrayInputStream(backup));
        }
        try (Box box = box(other, dump)) {
            assertEquals(
                    key.secret(), box.people().keys.find(key.id()).orElseThrow().secret());
            assertTrue(box.people().sessions.find(sessionOfBackup).isEmpty());
        }
    }

    @Test
    void aBackupThatIsCutOrChangedIsRefusedAndNothingChanges() throws Exception {
        try (Box box = box(one, new MemoryStore())) {
            byte[] backup = written(box);
            String before = box.people().master.export();
            String fingerprint = box.certificate().describe().sha256();
            for (int length = 0; length < backup.length; length += 7) {
                byte[] cut = Arrays.copyOf(backup, length);
                assertThrows(Exception.class, () -> box.backup().restore(new ByteArrayInputStream(cut)));
            }
            byte[] newer = backup.clone();
            newer[2 + "solera-security-backup ".length()] = '2';
            assertThrows(SoleraException.class, () -> box.backup().check(new ByteArrayInputStream(newer)));
            assertEquals(before, box.people().master.export());
            assertEquals(fingerprint, box.certificate().describe().sha256());
        }
    }
}
