// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.security.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.solera.platform.api.HealthReport.Status;
import org.solera.platform.api.PlatformError;
import org.solera.platform.api.SoleraException;
import org.solera.platform.api.access.AccountRow;
import org.solera.platform.api.access.User;

/** The people in memory, their database and their local copy. */
class AccountBookTest {
    private final MovingClock clock = new MovingClock();
    private final MemoryStore store = new MemoryStore();

    @TempDir
    private Path data;

    private TestPeople start() {
        return TestPeople.at(data, clock);
    }

    private String noted(String label) throws IOException {
        return Files.readAllLines(data.resolve("run/first-boot.txt")).stream()
                .filter(line -> line.startsWith(label + ": "))
                .map(line -> line.substring(label.length() + 2))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void firstBootMakesAnOwnerWithAPasswordThatHasToBeChanged() throws Exception {
        try (TestPeople people = new TestPeople(data, clock, "").with(store)) {
            String password = noted("admin password");
            assertEquals(20, password.length());
            SoleraException refused = assertThrows(SoleraException.class, () -> people.basic("admin", password));
            assertEquals(PlatformError.UNAUTHENTICATED, refused.code());
            assertTrue(refused.nextAction().contains("console"), refused.nextAction());
            assertFalse(people.basic("admin", password + "x"));
            assertThrows(
                    SoleraException.class,
                    () -> people.users.setPassword("admin", password.toCharArray(), false, ""),
                    "the one-time password is no new one");
            people.users.setPassword("admin", "another password".toCharArray(), false, "");
            assertTrue(people.basic("admin", "another password"));
            assertFalse(people.basic("admin", password));
        }
        assertEquals(
                "rw-------",
                PosixFilePermissions.toString(Files.getPosixFilePermissions(data.resolve("run/first-boot.txt"))));
    }

    @Test
    void aGivenFirstPasswordOpensEverythingAtOnceWithoutADatabase() throws Exception {
        try (TestPeople people = start()) {
            assertTrue(people.basic("admin", TestPeople.FIRST));
            assertEquals(
                    noted("secret key"),
                    people.keys.find(noted("access key")).orElseThrow().secret());
            SoleraException busy = assertThrows(SoleraException.class, () -> people.make("olga"));
            assertEquals(PlatformError.BUSY, busy.code());
        }
    }

    @Test
    void theDatabaseThatComesLateTakesThePeopleOver() throws Exception {
        try (TestPeople people = start()) {
            people.with(store);
            assertEquals(1, store.rows(AccountRow.UserRow.class).size());
            assertEquals(1, store.rows(AccountRow.KeyRow.class).size());
            User made = people.make("olga", "OPERATOR");
            assertEquals(1, made.version());
            assertEquals(2, store.rows(AccountRow.UserRow.class).size());
        }
    }

    @Test
    void everybodySignsInWhileTheDatabaseIsAwayAndChangesAreRefused() throws Exception {
        try (TestPeople people = start().with(store)) {
            people.make("olga", "OPERATOR");
        }
        try (TestPeople people = start()) {
            assertTrue(people.basic("olga", TestPeople.PASSWORD));
            assertTrue(people.keys.find(noted("access key")).isPresent());
            assertTrue(people.sessions.find(people.signIn("olga").secret()).isPresent());
            assertEquals(
                    PlatformError.BUSY,
                    assertThrows(SoleraException.class, () -> people.make("vic"))
                            .code());
            assertEquals(Status.UP, people.book.check().status(), "it may still come");
            clock.advance(Duration.ofMinutes(2));
            assertEquals(Status.DEGRADED, people.book.check().status());
        }
    }

    @Test
    void aCommitThatFailsChangesNothing() throws Exception {
        try (TestPeople people = start().with(store)) {
            store.away = true;
            assertEquals(
                    PlatformError.BUSY,
                    assertThrows(SoleraException.class, () -> people.make("olga"))
                            .code());
            assertTrue(people.users.user("olga").isEmpty());
            store.away = false;
            people.make("olga");
            assertTrue(people.users.user("olga").isPresent());
        }
    }

    @Test
    void whatWasCommittedBeforeTheCutIsThereAfterItAlthoughTheLocalCopyMissedIt() throws Exception {
        try (TestPeople people = start().with(store)) {
            people.make("olga");
            store.killsAfterCommit = true;
            assertThrows(MemoryStore.Killed.class, () -> people.make("vic"));
            assertTrue(people.users.user("vic").isEmpty(), "nobody was told that it worked");
        }
        store.killsAfterCommit = false;
        try (TestPeople people = start()) {
            assertTrue(people.users.user("vic").isEmpty(), "the local copy is one change behind");
            people.with(store);
            assertTrue(people.users.user("vic").isPresent(), "the database decides");
        }
        try (TestPeople people = start()) {
            assertTrue(people.users.user("vic").isPresent(), "and the local copy follows");
        }
    }

    @Test
    void aDamagedLocalCopyLetsNobodyInAndMakesNoOwnerUntilTheDatabaseIsThere() throws Exception {
        try (TestPeople people = start().with(store)) {
            people.make("olga");
        }
        Path copy = data.resolve("state/security/accounts.sealed");
        byte[] bytes = Files.readAllBytes(copy);
        for (int position : new int[] {3, bytes.length / 2, bytes.length - 1}) {
            byte[] damaged = bytes.clone();
            damaged[position] ^= 1;
            Files.write(copy, damaged);
            Files.deleteIfExists(data.resolve("run/first-boot.txt"));
            try (TestPeople people = start()) {
                assertFalse(people.basic("admin", TestPeople.FIRST));
                assertEquals(Status.DOWN, people.book.check().status());
                assertFalse(Files.exists(data.resolve("run/first-boot.txt")), "no new owner");
                people.with(store.copy());
                assertTrue(people.basic("olga", TestPeople.PASSWORD));
                assertEquals(Status.UP, people.book.check().status());
            }
            try (TestPeople people = start()) {
                assertTrue(people.basic("olga", TestPeople.PASSWORD), "the copy was written again");
            }
        }
        Files.write(copy, java.util.Arrays.copyOf(bytes, bytes.length / 2));
        try (TestPeople people = start()) {
            assertEquals(Status.DOWN, people.book.check().status());
            people.with(new MemoryStore());
            assertEquals(Status.DOWN, people.book.check().status(), "an empty database makes nobody");
        }
    }

    @Test
    void theLocalCopyIsSealedAndForTheApplianceOnly() throws Exception {
        try (TestPeople people = start().with(store)) {
            people.make("olga.rather-unusual");
        }
        Path copy = data.resolve("state/security/accounts.sealed");
        assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(copy)));
        String text = Files.readString(copy, java.nio.charset.StandardCharsets.ISO_8859_1);
        assertTrue(text.startsWith("solera-accounts 1.0\n"));
        assertFalse(text.contains("rather-unusual"));
    }

    @Test
    void theAccountsOfTheTimeBeforeTheDatabaseAreTakenOverOnce() throws Exception {
        Path state = Files.createDirectories(data.resolve("state/security"));
        byte[] salt = new byte[16];
        PasswordHash old =
                new PasswordHash(310, Base64.getEncoder().encodeToString(salt), hashOf("an old password", salt, 310));
        Files.writeString(state.resolve("accounts"), "solera-accounts 1.0\nadmin OWNER " + old + "\n");
        Files.writeString(state.resolve("keys"), "solera-keys 1.0\nOLDKEY oldsecret admin OWNER\n");
        try (TestPeople people = start()) {
            assertTrue(people.basic("admin", "an old password"), "before the database is there");
            assertTrue(Files.exists(state.resolve("accounts")));
            people.with(store);
            assertFalse(Files.exists(state.resolve("accounts")));
            assertTrue(Files.exists(state.resolve("accounts.migrated")));
            assertTrue(Files.exists(state.resolve("keys.migrated")));
            assertFalse(Files.exists(data.resolve("run/first-boot.txt")), "no second owner");
        }
        try (TestPeople people = start().with(store)) {
            assertTrue(people.basic("admin", "an old password"));
            assertEquals("oldsecret", people.keys.find("OLDKEY").orElseThrow().secret());
            clock.advance(Duration.ofMinutes(1));
            people.book.tick();
            String stored = store.rows(AccountRow.UserRow.class).get(0).password();
            assertEquals(TestPeople.ITERATIONS, PasswordHash.parse(stored).iterations(), "hashed anew");
        }
    }

    private static String hashOf(String password, byte[] salt, int rounds) throws Exception {
        return Base64.getEncoder()
                .encodeToString(javax.crypto.SecretKeyFactory.getInstance("PBKDF2WithHmacSHA256")
                        .generateSecret(new javax.crypto.spec.PBEKeySpec(password.toCharArray(), salt, rounds, 256))
                        .getEncoded());
    }

    @Test
    void aDatabaseWithOtherPeopleWinsOverTheOwnerJustMade() throws Exception {
        Path other = Files.createDirectories(data.resolve("other"));
        try (TestPeople people = TestPeople.at(other, clock).with(store)) {
            people.make("olga", "OWNER");
        }
        try (TestPeople people = new TestPeople(data, clock, "").with(store)) {
            assertTrue(people.basic("olga", TestPeople.PASSWORD));
            assertTrue(people.basic("admin", TestPeople.FIRST), "the owner of the database");
            assertFalse(Files.exists(data.resolve("run/first-boot.txt")));
        }
    }

    @Test
    void aThousandChangesAtOnceAreAllKeptAndNoneIsLost() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(16);
        try (TestPeople people = start().with(store)) {
            User olga = people.make("olga");
            List<Callable<Boolean>> work = IntStream.range(0, 1_000)
                    .<Callable<Boolean>>mapToObj(i -> () -> {
                        if (i % 10 == 0) {
                            return people.signIn("olga") != null;
                        }
                        people.tokens.create(
                                i % 2 == 0 ? "olga" : "admin",
                                "token " + i,
                                java.util.Set.of(),
                                false,
                                clock.instant().plusSeconds(60));
                        return true;
                    })
                    .toList();
            int done = 0;
            int full = 0;
            for (Future<Boolean> each : threads.invokeAll(work)) {
                try {
                    assertTrue(each.get());
                    done++;
                } catch (java.util.concurrent.ExecutionException refused) {
                    assertEquals(PlatformError.BUSY, ((SoleraException) refused.getCause()).code());
                    full++;
                }
            }
            assertEquals(1_000, done + full);
            assertEquals(100, people.tokens.of("olga").size(), "never more than the bound");
            assertEquals(100, people.tokens.of("admin").size());
            assertEquals(300, done, "100 tokens of each, and all sign-ins");
            assertEquals(200, store.rows(AccountRow.TokenRow.class).size());
            assertEquals(50, people.sessions.of("olga").size());
            assertEquals(olga.version(), people.users.user("olga").orElseThrow().version());
        } finally {
            threads.shutdownNow();
        }
        try (TestPeople people = start()) {
            assertEquals(100, people.tokens.of("olga").size(), "the local copy has them all");
            assertEquals(50, people.sessions.of("olga").size());
        }
    }

    @Test
    void aCopyThatCannotBeWrittenIsToldAndNotUsedLater() throws Exception {
        try (TestPeople people = start().with(store)) {
            people.make("olga");
            Path copy = data.resolve("state/security/accounts.sealed");
            Files.delete(copy);
            Files.createDirectories(copy.resolve("in the way"));
            people.make("vic");
            assertTrue(people.users.user("vic").isPresent(), "the change itself is in the database");
            assertEquals(Status.DEGRADED, people.book.check().status());
            Files.delete(copy.resolve("in the way"));
            Files.delete(copy);
            people.book.tick();
            assertEquals(Status.UP, people.book.check().status());
        }
        try (TestPeople people = start()) {
            assertTrue(people.users.user("vic").isPresent());
        }
    }

    @Test
    void anotherVersionOfTheDatabaseBundleTakesOverWithoutAGap() throws Exception {
        try (TestPeople people = start().with(store)) {
            MemoryStore next = store.copy();
            people.book.bindStore(next, java.util.Map.of("service.bundleid", 9L, "service.id", 9L));
            people.book.unbindStore(store);
            people.make("olga");
            assertEquals(2, next.rows(AccountRow.UserRow.class).size());
            assertEquals(1, store.rows(AccountRow.UserRow.class).size());
        }
    }
}
