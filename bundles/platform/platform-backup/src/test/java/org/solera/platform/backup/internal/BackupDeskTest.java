// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.backup.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;
import org.solera.platform.api.PlatformError;
import org.solera.platform.api.SoleraException;
import org.solera.platform.api.backup.BackupError;
import org.solera.platform.api.backup.Backups.Archive;
import org.solera.platform.api.operations.Operation.State;

class BackupDeskTest {
    private static final Map<String, String> OLD =
            Map.of("audit", "audit of B", "database", "rows of B", "security", "key of B");
    private static final Map<String, String> NEW =
            Map.of("audit", "audit of A", "database", "rows of A", "security", "key of A");

    @TempDir
    private Path temp;

    private Box first;
    private Box second;
    private String name;

    @BeforeEach
    void boxes() throws IOException, SoleraException {
        first = new Box(temp.resolve("a"), "security", "database", "audit");
        for (Map.Entry<String, String> each : NEW.entrySet()) {
            first.set(each.getKey(), each.getValue());
        }
        second = new Box(temp.resolve("b"), "security", "database", "audit");
        for (Map.Entry<String, String> each : OLD.entrySet()) {
            second.set(each.getKey(), each.getValue());
        }
        first.desk.create(Box.PASSPHRASE, "ann");
        assertEquals(State.SUCCEEDED, first.last().state(), first.last().message());
        name = move(first, second);
    }

    /** Takes the newest archive of one box to another. */
    private static String move(Box from, Box to) throws IOException, SoleraException {
        try (InputStream in = from.desk.open(from.desk.archives().get(0).name())) {
            return to.desk.upload(in).name();
        }
    }

    private static Object code(Executable call) {
        return assertThrows(SoleraException.class, call).code();
    }

    private void restore() throws SoleraException {
        second.desk.restore(name, Box.PASSPHRASE, "bob");
    }

    private void reboot() {
        second.cutAt = "";
        second.files.values().forEach(part -> {
            part.cutHalfWay = false;
            part.cutWhileWriting = false;
        });
        second.start();
        second.desk.resume();
    }

    @Test
    void bringsOneBoxToAnotherAndBack() throws IOException, SoleraException {
        assertEquals(3, second.desk.check(name, Box.PASSPHRASE).size());
        restore();
        assertEquals(State.SUCCEEDED, second.last().state(), second.last().message());
        assertEquals(NEW, second.state());
        assertEquals(List.of("bob system.restore begin", "bob system.restore done"), second.ledger);
        assertTrue(second.nothingStaged());

        String before = second.desk.archives().stream()
                .map(Archive::name)
                .filter(each -> each.contains("before"))
                .findFirst()
                .orElseThrow();
        second.desk.restore(before, Box.PASSPHRASE, "bob");
        assertEquals(OLD, second.state());
    }

    @Test
    void goesOnAfterAPowerCutAtEveryStep() throws IOException, SoleraException {
        for (String step : List.of(
                "part security",
                "noted security",
                "part database",
                "noted database",
                "part audit",
                "noted audit",
                "applied",
                "cleared")) {
            boxes();
            second.cutAt = step;
            assertThrows(Box.Cut.class, this::restore, step);
            reboot();
            assertEquals(NEW, second.state(), step);
            assertTrue(second.nothingStaged(), step);
        }
    }

    @Test
    void goesOnAfterAPowerCutInTheMiddleOfAPart() throws IOException, SoleraException {
        for (String id : List.of("security", "database", "audit")) {
            boxes();
            second.files.get(id).cutHalfWay = true;
            assertThrows(Box.Cut.class, this::restore);
            assertEquals("half", second.get(id));
            reboot();
            assertEquals(NEW, second.state());
            assertEquals(State.SUCCEEDED, second.last().state());
        }
    }

    @Test
    void changesNothingWhenThePowerGoesBeforeAllIsStaged() throws IOException {
        second.files.get("database").cutWhileWriting = true;
        assertThrows(Box.Cut.class, this::restore);
        assertEquals(OLD, second.state());
        reboot();
        assertEquals(OLD, second.state());
        assertTrue(second.nothingStaged());
    }

    @Test
    void leavesNothingBehindWhenThePowerGoesDuringABackup() throws IOException, SoleraException {
        second.files.get("database").cutWhileWriting = true;
        assertThrows(Box.Cut.class, () -> second.desk.create(Box.PASSPHRASE, "bob"));
        assertEquals(1, second.desk.archives().size()); // the one that was brought in

        Path half = temp.resolve("b/backups/.solera-20270101-000000-hand.x.part");
        Files.writeString(half, "half");
        new ArchiveFolder(temp.resolve("b/backups"), DiskSpace.real()).sweep();
        assertFalse(Files.exists(half));
        assertEquals(1, second.desk.archives().size());
    }

    @Test
    void returnsEverythingWhenAPartRefuses() throws IOException, SoleraException {
        second.files.get("database").refused = NEW.get("database");
        restore();
        assertEquals(State.FAILED, second.last().state());
        assertTrue(
                second.last().message().contains("database refuses"),
                second.last().message());
        assertEquals(OLD, second.state());
        assertTrue(second.nothingStaged());
        assertEquals("bob system.restore returned", second.ledger.get(1));
    }

    @Test
    void asksAPartAgainThatIsNotOpenYet() throws IOException, SoleraException {
        second.patience = Duration.ofMinutes(1);
        second.start();
        second.files.get("database").busyTimes = 2;
        restore();
        assertEquals(State.SUCCEEDED, second.last().state(), second.last().message());
        assertEquals(NEW, second.state());
    }

    @Test
    void returnsEverythingWhenAPartStaysAway() throws IOException, SoleraException {
        second.files.get("database").busyTimes = 1; // and there is no patience
        restore();
        assertEquals(State.FAILED, second.last().state());
        assertEquals(OLD, second.state());
    }

    @Test
    void returnsEverythingEvenThroughPowerCuts() throws IOException, SoleraException {
        for (String step : List.of("part database", "noted database", "applied")) {
            boxes();
            second.files.get("database").refused = NEW.get("database");
            second.cutAt = step;
            assertThrows(Box.Cut.class, this::restore, step);
            reboot();
            assertEquals(OLD, second.state(), step);
            assertTrue(second.nothingStaged(), step);
        }
    }

    @Test
    void keepsTheJournalWhileAPartIsAway() throws IOException, SoleraException {
        second.cutAt = "noted security";
        assertThrows(Box.Cut.class, this::restore);
        Box.FilePart away = second.files.get("database");
        second.parts.remove(away);
        reboot();
        assertEquals(State.FAILED, second.last().state());
        assertFalse(second.nothingStaged());
        assertEquals(PlatformError.CONFLICT, code(this::restore));
        second.parts.add(away, Map.of());
        second.desk.resume();
        assertEquals(NEW, second.state());
    }

    @Test
    void refusesAWrongPassphraseAndADamagedArchiveAndChangesNothing() throws IOException, SoleraException {
        char[] wrong = "wrong horse battery".toCharArray();
        assertEquals(BackupError.WRONG_PASSPHRASE, code(() -> second.desk.check(name, wrong)));
        second.desk.restore(name, wrong, "bob");
        assertEquals(State.FAILED, second.last().state());

        Path file = temp.resolve("b/backups").resolve(name);
        byte[] archive = Files.readAllBytes(file);
        archive[archive.length - 1] ^= 1;
        Files.write(file, archive);
        assertEquals(BackupError.DAMAGED_ARCHIVE, code(() -> second.desk.check(name, Box.PASSPHRASE)));
        restore();
        assertEquals(State.FAILED, second.last().state());
        assertEquals(OLD, second.state());
        assertTrue(second.nothingStaged());
        assertTrue(second.ledger.isEmpty());
    }

    @Test
    void refusesWhatThisBoxCannotTake() throws IOException, SoleraException {
        first.set("database", "unfit");
        first.desk.create(Box.PASSPHRASE, "ann");
        first.now = first.now.plusSeconds(60);
        first.desk.create(Box.PASSPHRASE, "ann");
        String unfit = move(first, second);
        assertEquals(PlatformError.INVALID_REQUEST, code(() -> second.desk.check(unfit, Box.PASSPHRASE)));

        second.parts.remove(second.files.get("audit"));
        assertEquals(BackupError.UNSUPPORTED_FORMAT, code(() -> second.desk.check(name, Box.PASSPHRASE)));

        second.parts.add(second.files.get("audit"), Map.of());
        second.version = "0.9.9";
        second.start();
        assertEquals(BackupError.UNSUPPORTED_FORMAT, code(() -> second.desk.check(name, Box.PASSPHRASE)));
    }

    @Test
    void refusesClearlyWhenTheDiskIsFull() throws IOException, SoleraException {
        second.space = path -> 10L << 20;
        SoleraException refused = assertThrows(SoleraException.class, () -> second.desk.create(Box.PASSPHRASE, "bob"));
        assertEquals(BackupError.NO_SPACE, refused.code());
        assertTrue(refused.getMessage().contains("10 MiB are free"), refused.getMessage());
        restore();
        assertEquals(State.FAILED, second.last().state());
        assertEquals(OLD, second.state());
        assertTrue(second.nothingStaged());
        assertEquals(
                BackupError.NO_SPACE,
                code(() -> second.desk.upload(
                        first.desk.open(first.desk.archives().get(0).name()))));
    }

    @Test
    void stopsWhenTheDiskGetsFullMeanwhile() throws IOException, SoleraException {
        long[] looks = {0};
        second.space = path -> ++looks[0] <= 1 ? 1L << 40 : 0;
        second.desk.create(Box.PASSPHRASE, "bob");
        assertEquals(State.FAILED, second.last().state());
        assertTrue(second.last().message().contains("are free"), second.last().message());
        assertEquals(1, second.desk.archives().size());
    }

    @Test
    void saysThatTheFolderIsNotThere() throws IOException {
        Files.delete(temp.resolve("b/backups").resolve(name));
        Files.delete(temp.resolve("b/backups"));
        second.space = DiskSpace.real();
        assertEquals(PlatformError.CONFLICT, code(() -> second.desk.create(Box.PASSPHRASE, "bob")));
        assertEquals(List.of(), second.desk.archives());
    }

    @Test
    void refusesNamesThatLeaveTheFolder() throws IOException {
        Files.writeString(temp.resolve("b/secret.sbk"), "x");
        for (String bad : List.of("../secret.sbk", "..", "", "/etc/passwd", "a/b.sbk", "x.sbk", ".sbk")) {
            assertEquals(PlatformError.NOT_FOUND, code(() -> second.desk.open(bad)), bad);
            assertEquals(PlatformError.NOT_FOUND, code(() -> second.desk.delete(bad)), bad);
            assertEquals(PlatformError.NOT_FOUND, code(() -> second.desk.restore(bad, Box.PASSPHRASE, "bob")), bad);
        }
    }

    @Test
    void takesNoUploadThatIsNoArchive() {
        assertEquals(
                BackupError.DAMAGED_ARCHIVE,
                code(() -> second.desk.upload(new ByteArrayInputStream("no archive".getBytes()))));
        assertEquals(1, second.desk.archives().size());
    }

    @Test
    void refusesShortPassphrases() {
        assertEquals(PlatformError.INVALID_REQUEST, code(() -> second.desk.create("short".toCharArray(), "bob")));
        assertEquals(PlatformError.INVALID_REQUEST, code(() -> second.desk.check(name, new char[0])));
    }

    @Test
    void canBeCancelled() throws SoleraException {
        second.operations.cancelAll = true;
        second.desk.create(Box.PASSPHRASE, "bob");
        assertEquals(State.CANCELLED, second.last().state());
        assertEquals(1, second.desk.archives().size());
    }

    @Test
    void makesOneBackupADayAtItsHourAndKeepsAsManyAsItShould() {
        BackupPlan[] plan = {BackupPlan.NONE};
        BackupSchedule schedule = new BackupSchedule(
                new java.time.Clock() {
                    @Override
                    public ZoneId getZone() {
                        return ZoneId.of("UTC");
                    }

                    @Override
                    public java.time.Clock withZone(ZoneId zone) {
                        return this;
                    }

                    @Override
                    public java.time.Instant instant() {
                        return second.now;
                    }
                },
                second.desk,
                () -> ZoneId.of("Asia/Shanghai"),
                () -> plan[0]);
        schedule.tick();
        assertEquals(0, automatic());
        plan[0] = new BackupPlan(true, 2, 3, "", "x");
        schedule.tick();
        assertEquals(1, automatic());
        schedule.tick();
        assertEquals(1, automatic());

        second.now = java.time.Instant.parse("2027-01-02T17:59:00Z"); // 01:59 in Shanghai
        schedule.tick();
        assertEquals(1, automatic());
        second.now = java.time.Instant.parse("2027-01-02T18:00:00Z");
        schedule.tick();
        assertEquals(2, automatic());
        for (int day = 0; day < 4; day++) {
            second.now = second.now.plus(Duration.ofDays(1));
            schedule.tick();
        }
        assertEquals(3, automatic());

        second.space = path -> 0;
        second.now = second.now.plus(Duration.ofDays(1));
        schedule.tick();
        assertTrue(
                schedule.health().detail().contains("failed"), schedule.health().detail());
        second.space = path -> 1L << 40;
        schedule.tick();
        assertTrue(schedule.health().detail().contains("failed"), "tried again an hour later, not at once");
        second.now = second.now.plus(Duration.ofMinutes(61));
        schedule.tick();
        assertFalse(
                schedule.health().detail().contains("failed"), schedule.health().detail());
    }

    private long automatic() {
        return second.desk.archives().stream()
                .filter(each -> each.name().contains("-auto"))
                .count();
    }
}
