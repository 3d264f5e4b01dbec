// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.persistence.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.solera.platform.api.PlatformError;
import org.solera.platform.api.SoleraException;
import org.solera.platform.persistence.api.Database;

/** What a backup of every database has to do. */
abstract class BackupContract extends DatabaseCase {
    /** {@return a box on an empty database of the other product} */
    abstract DatabaseBox openOther(Path folder) throws IOException, InterruptedException;

    private byte[] backup() throws SoleraException, IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        box.backup().write(out);
        return out.toByteArray();
    }

    private static ByteArrayInputStream in(byte[] bytes) {
        return new ByteArrayInputStream(bytes);
    }

    @Test
    void aBackupIsRestoredOnTheOtherProductByteByByte() throws Exception {
        addOfEverything();
        add(database, "two");
        database.change(manager -> {
            manager.createNativeQuery("insert into note_author (name) values ('anna')")
                    .executeUpdate();
            return manager.createNativeQuery("update note_entry set author = 'anna' where label = 'two'")
                    .executeUpdate();
        });
        byte[] dump = backup();
        try (DatabaseBox other = openOther(folder.resolve("other"))) {
            NoteUnit there = new NoteUnit();
            Database target = other.serve(there);
            add(target, "is replaced");
            other.backup().check(in(dump));
            other.backup().restore(in(dump));
            Database restored = other.await(there);
            assertEquals(List.of("", "two"), labels(restored));
            ByteArrayOutputStream again = new ByteArrayOutputStream();
            other.backup().write(again);
            assertEquals(text(dump), again.toString(StandardCharsets.UTF_8));
            add(restored, "three"); // the count of identities goes on
            assertEquals(List.of("", "three", "two"), labels(restored));
        }
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    @Test
    void anOlderBackupIsBroughtToTheSchemaOfToday() throws Exception {
        add(database, "one");
        byte[] dump = backup();
        reopen(new NoteUnit(List.of(NoteUnit.FIRST, NoteUnit.SECOND)));
        add(box.await(unit), "later");
        box.backup().restore(in(dump));
        assertEquals(List.of("one"), labels(box.await(unit)));
        Object place = box.await(unit)
                .read(manager ->
                        manager.createNativeQuery("select name from note_place").getSingleResult());
        assertEquals("one", place);
        byte[] newer = backup();
        reopen(new NoteUnit(List.of(NoteUnit.FIRST, NoteUnit.SECOND)));
        box.await(unit);
        try (DatabaseBox other = openOther(folder.resolve("other"))) {
            other.serve(new NoteUnit());
            assertEquals(PlatformError.CONFLICT, code(() -> other.backup().check(in(newer))));
            assertEquals(PlatformError.CONFLICT, code(() -> other.backup().restore(in(newer))));
        }
    }

    @Test
    void aBackupThatWasCutOrChangedIsRefusedAndNothingChanges() throws Exception {
        for (int i = 0; i < 20; i++) {
            add(database, "note " + i);
        }
        byte[] dump = backup();
        add(database, "later");
        List<String> before = labels(database);
        for (int length : List.of(0, 10, dump.length / 2, dump.length - 5)) {
            byte[] cut = Arrays.copyOf(dump, length);
            assertThrows(IOException.class, () -> box.backup().check(in(cut)), "cut at " + length);
            assertThrows(IOException.class, () -> box.backup().restore(in(cut)), "cut at " + length);
        }
        String whole = text(dump);
        List<String> changed = List.of(
                whole.replace("note_entry", "note_entry; drop table note_entry"),
                whole.replace("\"label\"", "\"label) values (1); --\""),
                whole.replace("\"note 3\"", "3"),
                whole.replace("\"solera-database\"", "\"other\""),
                whole.replace("\"major\":1", "\"major\":2"));
        for (String each : changed) {
            byte[] bytes = each.getBytes(StandardCharsets.UTF_8);
            assertThrows(IOException.class, () -> box.backup().check(in(bytes)));
            assertThrows(IOException.class, () -> box.backup().restore(in(bytes)));
        }
        byte[] stranger = whole.replace("note_entry", "solera_schema").getBytes(StandardCharsets.UTF_8);
        assertEquals(PlatformError.CONFLICT, code(() -> box.backup().restore(in(stranger))));
        byte[] twice = whole.replace("\"note 3\"", "\"note 4\"").getBytes(StandardCharsets.UTF_8);
        assertEquals(PlatformError.CONFLICT, code(() -> box.backup().restore(in(twice))));
        assertEquals(before, labels(box.await(unit)));
    }

    @Test
    void aBackupSeesOneMomentWhileRowsChange() throws Exception {
        add(database, "a");
        add(database, "b");
        ExecutorService other = Executors.newSingleThreadExecutor();
        CountDownLatch stop = new CountDownLatch(1);
        try {
            Future<Integer> writer = other.submit(() -> {
                int value = 0;
                while (stop.getCount() > 0) {
                    int next = ++value;
                    database.change(manager -> manager.createQuery("update NoteEntity n set n.amount = :next")
                            .setParameter("next", next)
                            .executeUpdate());
                }
                return value;
            });
            for (int i = 0; i < 20; i++) {
                List<String> rows = text(backup())
                        .lines()
                        .filter(line -> line.startsWith("["))
                        .map(line -> line.split(",")[4])
                        .distinct()
                        .toList();
                assertEquals(1, rows.size(), rows.toString());
            }
            stop.countDown();
            assertTrue(writer.get(20, TimeUnit.SECONDS) > 0);
        } finally {
            stop.countDown();
            other.shutdown();
        }
    }
}
