// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.persistence.internal;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.solera.platform.api.HealthReport;
import org.solera.platform.api.PlatformError;
import org.solera.platform.api.SoleraException;
import org.solera.platform.persistence.api.Database;
import org.solera.platform.persistence.api.Migration;

/** What every database has to do, whatever product it is. */
abstract class DatabaseContract extends DatabaseCase {
    @Test
    void keepsEveryValueExactly() throws SoleraException {
        Long id = addOfEverything();
        NoteEntity back = database.read(manager -> manager.find(NoteEntity.class, id));
        assertEquals("", back.label);
        assertEquals(LONG_TEXT, back.body);
        assertArrayEquals(bytes(), back.bytes);
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
}
