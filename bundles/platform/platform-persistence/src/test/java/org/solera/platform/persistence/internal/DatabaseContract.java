// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.persistence.internal;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.solera.platform.api.ErrorCode;
import org.solera.platform.api.HealthReport;
import org.solera.platform.api.PlatformError;
import org.solera.platform.api.SoleraException;
import org.solera.platform.persistence.api.Database;
import org.solera.platform.persistence.api.Migration;

/** What every database has to do, whatever product it is. */
abstract class DatabaseContract {
    @TempDir
    Path folder;

    private DatabaseBox box;
    private NoteUnit unit;
    private Database database;

    /** {@return a box on the same database each time, until the test ends} */
    abstract DatabaseBox open(Path folder) throws IOException, InterruptedException;

    /** {@return a box on an empty database of the other product} */
    abstract DatabaseBox openOther(Path folder) throws IOException, InterruptedException;

    @BeforeEach
    void openDatabase() throws IOException, InterruptedException {
        box = open(folder);
        unit = new NoteUnit();
        database = box.serve(unit);
    }

    @AfterEach
    void closeDatabase() {
        box.close();
    }

    static Long add(Database database, String label) throws SoleraException {
        return database.change(manager -> {
            NoteEntity note = new NoteEntity();
            note.label = label;
            manager.persist(note);
            return note.id();
        });
    }

    static List<String> labels(Database database) throws SoleraException {
        return database.read(
                manager -> manager.createQuery("select n.label from NoteEntity n order by n.label", String.class)
                        .getResultList());
    }

    private static ErrorCode code(org.junit.jupiter.api.function.Executable call) {
        return assertThrows(SoleraException.class, call).code();
    }

    private void reopen(NoteUnit next) throws IOException, InterruptedException {
        box.close();
        box = open(folder);
        unit = next;
        box.add(next);
    }

    @Test
    void keepsEveryValueExactly() throws SoleraException {
        String text = "line\nother 漢字 😀 \\ \"'\t" + "x".repeat(100_000);
        byte[] bytes = new byte[70_000];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) (i * 31);
        }
        Long id = database.change(manager -> {
            NoteEntity note = new NoteEntity();
            note.label = "";
            note.body = text;
            note.bytes = bytes;
            note.amount = Integer.MIN_VALUE;
            note.done = true;
            manager.persist(note);
            return note.id();
        });
        NoteEntity back = database.read(manager -> manager.find(NoteEntity.class, id));
        assertEquals("", back.label);
        assertEquals(text, back.body);
        assertArrayEquals(bytes, back.bytes);
        assertEquals(Integer.MIN_VALUE, back.amount);
        assertTrue(back.done);
    }

    @Test
    void isDurableOverARestart() throws IOException, InterruptedException, SoleraException {
        add(database, "kept");
        reopen(new NoteUnit());
        assertEquals(List.of("kept"), labels(box.await(unit)));
    }

    @Test
    void workThatThrowsChangesNothingAndReachesTheCaller() throws SoleraException {
        IllegalStateException mine = new IllegalStateException("mine");
        assertSame(
                mine,
                assertThrows(
                        IllegalStateException.class,
                        () -> database.change(manager -> {
                            NoteEntity note = new NoteEntity();
                            note.label = "gone";
                            manager.persist(note);
                            manager.flush();
                            throw mine;
                        })));
        assertEquals(List.of(), labels(database));
    }

    @Test
    void readingChangesNothing() throws SoleraException {
        database.read(manager -> {
            NoteEntity note = new NoteEntity();
            note.label = "gone";
            manager.persist(note);
            manager.flush();
            return true;
        });
        assertEquals(List.of(), labels(database));
    }

    @Test
    void theSecondOfTwoWritersOfOneRowIsToldOfTheConflict() throws SoleraException {
        Long id = add(database, "one");
        assertEquals(
                PlatformError.CONFLICT,
                code(() -> database.change(manager -> {
                    NoteEntity mine = manager.find(NoteEntity.class, id);
                    assertTrue(otherThreadChanges(id));
                    mine.amount = 1;
                    return true;
                })));
        int amount = database.read(manager -> manager.find(NoteEntity.class, id).amount);
        assertEquals(7, amount);
    }

    private boolean otherThreadChanges(Long id) {
        try {
            return database.change(manager -> {
                manager.find(NoteEntity.class, id).amount = 7;
                return true;
            });
        } catch (SoleraException failure) {
            throw new IllegalStateException(failure);
        }
    }

    @Test
    void whatTheSchemaForbidsIsAConflict() throws SoleraException {
        add(database, "one");
        assertEquals(PlatformError.CONFLICT, code(() -> add(database, "one")));
    }

    @Test
    void aValueThatDoesNotFitIsAnInvalidRequest() {
        assertEquals(PlatformError.INVALID_REQUEST, code(() -> add(database, "x".repeat(33))));
    }

    @Test
    void aWriterThatWaitsForARowGivesUpInTime() throws Exception {
        Long id = add(database, "one");
        CountDownLatch holds = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        ExecutorService other = Executors.newSingleThreadExecutor();
        try {
            Future<Boolean> holder = other.submit(() -> database.change(manager -> {
                manager.find(NoteEntity.class, id).amount = 1;
                manager.flush();
                holds.countDown();
                return await(release);
            }));
            assertTrue(holds.await(10, TimeUnit.SECONDS));
            long start = System.nanoTime();
            assertEquals(
                    PlatformError.BUSY,
                    code(() -> database.change(manager -> {
                        manager.createQuery("update NoteEntity n set n.amount = 2")
                                .executeUpdate();
                        return true;
                    })));
            assertTrue(TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start) < 7_500);
            release.countDown();
            assertCommittedOrGivenUp(holder);
        } finally {
            release.countDown();
            other.shutdown();
        }
        assertFalse(labels(database).isEmpty());
    }

    private static void assertCommittedOrGivenUp(Future<Boolean> holder) throws Exception {
        try {
            assertTrue(holder.get(20, TimeUnit.SECONDS));
        } catch (java.util.concurrent.ExecutionException gaveUp) {
            assertEquals(PlatformError.BUSY, ((SoleraException) gaveUp.getCause()).code());
        }
    }

    private static boolean await(CountDownLatch latch) {
        try {
            return latch.await(30, TimeUnit.SECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    @Test
    void workThatTakesTooLongIsGivenUpAndChangesNothing() throws SoleraException {
        CountDownLatch release = new CountDownLatch(1);
        long start = System.nanoTime();
        assertEquals(
                PlatformError.BUSY,
                code(() -> database.change(manager -> {
                    NoteEntity note = new NoteEntity();
                    note.label = "late";
                    manager.persist(note);
                    return await(release);
                })));
        long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
        release.countDown();
        assertTrue(millis >= 4_500 && millis < 7_500, "took " + millis + " ms");
        add(database, "other"); // the thread is free again
        assertFalse(labels(database).contains("late"));
    }

    @Test
    void callsBeyondTheThreadsWaitTwoSecondsAtMost() throws Exception {
        CountDownLatch release = new CountDownLatch(1);
        CountDownLatch busy = new CountDownLatch(4);
        ExecutorService others = Executors.newFixedThreadPool(4);
        try {
            List<Future<Boolean>> holders = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                holders.add(others.submit(() -> database.read(manager -> {
                    busy.countDown();
                    return await(release);
                })));
            }
            assertTrue(busy.await(10, TimeUnit.SECONDS));
            long start = System.nanoTime();
            assertEquals(PlatformError.BUSY, code(() -> labels(database)));
            long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
            release.countDown();
            assertTrue(millis >= 1_500 && millis < 4_000, "took " + millis + " ms");
            for (Future<Boolean> holder : holders) {
                assertTrue(holder.get(10, TimeUnit.SECONDS));
            }
        } finally {
            release.countDown();
            others.shutdown();
        }
    }

    @Test
    void takesTheStepsThatAreLeft() throws IOException, InterruptedException, SoleraException {
        add(database, "one");
        reopen(new NoteUnit(List.of(NoteUnit.FIRST, NoteUnit.SECOND)));
        Database next = box.await(unit);
        Object place = next.read(manager ->
                manager.createNativeQuery("select name from note_place").getSingleResult());
        assertEquals("one", place);
        assertEquals(HealthReport.Status.UP, box.settled().status());
    }

    @Test
    void aStepThatFailsHalfWayLeavesNothing() throws IOException, InterruptedException {
        Migration broken = new Migration(2, "Broken", """
                create table note_half (name varchar(32));
                insert into note_half (name) values ('x');
                insert into note_missing (name) values ('x');
                """);
        reopen(new NoteUnit(List.of(NoteUnit.FIRST, broken)));
        assertTrue(
                box.settled().detail().contains("note cannot be served"),
                box.settled().detail());
        Migration mended = new Migration(2, "Mended", "create table note_half (name varchar(32));\n");
        reopen(new NoteUnit(List.of(NoteUnit.FIRST, mended)));
        box.await(unit);
        assertEquals(HealthReport.Status.UP, box.settled().status());
    }

    @Test
    void aReleasedStepThatWasChangedIsRefused() throws IOException, InterruptedException {
        Migration other = new Migration(1, "Notes", NoteUnit.FIRST.sql().replace("varchar(32)", "varchar(33)"));
        reopen(new NoteUnit(List.of(other)));
        HealthReport report = box.settled();
        assertEquals(HealthReport.Status.DOWN, report.status());
        assertTrue(report.detail().contains("not the one that this database has seen"), report.detail());
        assertNull(box.database(unit));
    }

    @Test
    void aSchemaNewerThanTheCodeIsRefused() throws IOException, InterruptedException {
        reopen(new NoteUnit(List.of(NoteUnit.FIRST, NoteUnit.SECOND)));
        box.await(unit);
        reopen(new NoteUnit());
        HealthReport report = box.settled();
        assertEquals(HealthReport.Status.DOWN, report.status());
        assertTrue(report.detail().contains("is at version 2"), report.detail());
    }

    @Test
    void tablesThatAreNotThoseOfTheEntitiesAreRefused() throws IOException, InterruptedException {
        Migration drop = new Migration(2, "Drop", "alter table note_entry drop column amount;\n");
        reopen(new NoteUnit(List.of(NoteUnit.FIRST, drop)));
        HealthReport report = box.settled();
        assertEquals(HealthReport.Status.DOWN, report.status());
        assertTrue(report.detail().contains("amount"), report.detail());
    }

    @Test
    void twoVersionsOfOneUnitServeSideBySide() throws SoleraException {
        NoteUnit newer = new NoteUnit(List.of(NoteUnit.FIRST, NoteUnit.SECOND));
        Database next = box.serve(newer);
        add(database, "old");
        add(next, "new");
        assertEquals(List.of("new", "old"), labels(database));
        box.remove(unit);
        assertEquals(List.of("new", "old"), labels(next));
    }

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
        keepsEveryValueExactly();
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
