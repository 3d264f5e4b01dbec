// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.security.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.solera.platform.api.Grant;
import org.solera.platform.api.PlatformError;
import org.solera.platform.api.SoleraException;
import org.solera.platform.api.access.AccountRow;
import org.solera.platform.api.access.Directory;
import org.solera.platform.api.access.ExternalPerson;
import org.solera.platform.api.access.Group;
import org.solera.platform.api.access.Sessions.Outcome;
import org.solera.platform.api.access.ThrottledException;
import org.solera.platform.api.access.User;

/** Sign-in, and the life of sessions. */
class SessionsTest {
    private final MovingClock clock = new MovingClock();
    private final MemoryStore store = new MemoryStore();

    @TempDir
    private Path data;

    private TestPeople start() {
        return TestPeople.at(data, clock);
    }

    @Test
    void everySignInHasASecretOfItsOwnThatIsKeptNowhere() throws Exception {
        Set<String> secrets = new HashSet<>();
        try (TestPeople people = start().with(store)) {
            for (int i = 0; i < 3; i++) {
                Outcome.SignedIn signedIn = people.signIn("admin");
                assertEquals(43, signedIn.secret().length(), "256 bits");
                assertTrue(secrets.add(signedIn.secret()));
                assertTrue(secrets.add(signedIn.session().csrf()));
                assertNotEquals(signedIn.session().id(), signedIn.secret());
                assertTrue(people.sessions.find(signedIn.session().id()).isEmpty(), "the public id opens nothing");
                assertEquals(
                        signedIn.session().csrf(),
                        people.sessions.find(signedIn.secret()).orElseThrow().csrf());
            }
            people.book.tick();
        }
        for (AccountRow.SessionRow row : store.rows(AccountRow.SessionRow.class)) {
            assertFalse(secrets.contains(row.hash()) || secrets.contains(row.csrf()));
        }
        String file = Files.readString(data.resolve("state/security/sessions.sealed"), StandardCharsets.ISO_8859_1);
        assertFalse(file.contains("admin"), "sealed");
        assertEquals(3, store.rows(AccountRow.SessionRow.class).size());
    }

    @Test
    void aSecretThatABrowserBroughtAlongIsNeverTaken() throws Exception {
        try (TestPeople people = start().with(store)) {
            String planted = "A".repeat(43);
            assertTrue(people.sessions.find(planted).isEmpty());
            assertNotEquals(planted, people.signIn("admin").secret());
            assertTrue(people.sessions.find(planted).isEmpty());
        }
    }

    @Test
    void sessionsGoOnAfterARestartAndEndedOnesDoNot() throws Exception {
        String stays;
        String ended;
        try (TestPeople people = start().with(store)) {
            stays = people.signIn("admin").secret();
            ended = people.signIn("admin").secret();
            people.book.tick();
            store.away = true;
            people.sessions.end(ended);
            try (TestPeople afterCut = start()) { // the first one did not stop cleanly
                assertTrue(afterCut.sessions.find(stays).isPresent());
                assertTrue(afterCut.sessions.find(ended).isEmpty());
            }
        }
        store.away = false;
        try (TestPeople people = start()) {
            assertTrue(people.sessions.find(stays).isPresent());
            assertTrue(people.sessions.find(ended).isEmpty());
            people.with(store);
            people.book.tick();
            assertTrue(people.sessions.find(ended).isEmpty(), "the database still had it");
            assertEquals(1, store.rows(AccountRow.SessionRow.class).size());
        }
    }

    @Test
    void aDamagedListFallsBackOnTheDatabase() throws Exception {
        String secret;
        try (TestPeople people = start().with(store)) {
            secret = people.signIn("admin").secret();
            people.book.tick();
        }
        Path file = data.resolve("state/security/sessions.sealed");
        byte[] bytes = Files.readAllBytes(file);
        bytes[bytes.length - 1] ^= 1;
        Files.write(file, bytes);
        try (TestPeople people = start()) {
            assertTrue(people.sessions.find(secret).isEmpty());
            people.with(store);
            assertTrue(people.sessions.find(secret).isPresent());
        }
    }

    @Test
    void idleSessionsEndAndSoDoOldOnesHoweverBusy() throws Exception {
        try (TestPeople people = start().with(store)) {
            String idle = people.signIn("admin").secret();
            String busy = people.signIn("admin").secret();
            clock.advance(Duration.ofMinutes(29));
            assertTrue(people.sessions.find(busy).isPresent());
            clock.advance(Duration.ofMinutes(1));
            assertTrue(people.sessions.find(idle).isEmpty(), "30 minutes idle");
            for (int i = 0; i < 24; i++) {
                clock.advance(Duration.ofMinutes(28));
                assertTrue(people.sessions.find(busy).isPresent());
            }
            clock.advance(Duration.ofMinutes(18)); // 12 h in all
            assertTrue(people.sessions.find(busy).isEmpty());
            assertEquals(0, people.sessions.of("admin").size());
        }
    }

    @Test
    void stricterLimitsHoldForSessionsThatRunAlready() throws Exception {
        try (TestPeople people = start().with(store)) {
            String secret = people.signIn("admin").secret();
            people.table.bindLimits(new SessionLimits(Duration.ofMinutes(1), Duration.ofHours(1)));
            clock.advance(Duration.ofMinutes(2));
            assertTrue(people.sessions.find(secret).isEmpty());
        }
    }

    @Test
    void theOldestOfFiftySessionsEndsAndPeopleCanEndTheirOwn() throws Exception {
        try (TestPeople people = start().with(store)) {
            people.make("olga");
            String first = people.signIn("olga").secret();
            for (int i = 0; i < 50; i++) {
                clock.advance(Duration.ofSeconds(1));
                people.signIn("olga");
            }
            assertTrue(people.sessions.find(first).isEmpty());
            assertEquals(50, people.sessions.of("olga").size());
            String id = people.sessions.of("olga").get(0).id();
            assertFalse(people.sessions.end("admin", id), "not that of somebody else");
            assertTrue(people.sessions.end("olga", id));
            assertFalse(people.sessions.end("olga", id));
            assertEquals(49, people.sessions.of("olga").size());
        }
    }

    @Test
    void aRequestWritesNothingAndTheLastUseFollowsOnceAMinute() throws Exception {
        try (TestPeople people = start().with(store)) {
            String secret = people.signIn("admin").secret();
            people.book.tick();
            int before = store.commits();
            for (int i = 0; i < 100; i++) {
                assertTrue(people.sessions.find(secret).isPresent());
            }
            people.book.tick();
            assertEquals(before, store.commits());
            clock.advance(Duration.ofSeconds(70));
            assertTrue(people.sessions.find(secret).isPresent());
            people.book.tick();
            people.book.tick();
            assertTrue(store.rows(AccountRow.SessionRow.class)
                    .get(0)
                    .lastUsedAt()
                    .isAfter(clock.instant().minusSeconds(60)));
        }
    }

    @Test
    void guessingIsSlowedDownForKnownAndUnknownNamesAlikeButNotForWhoeverIsIn() throws Exception {
        try (TestPeople people = start().with(store)) {
            people.make("olga");
            assertTrue(people.basic("olga", TestPeople.PASSWORD));
            for (String name : new String[] {"olga", "nobody"}) {
                for (int i = 0; i < 5; i++) {
                    assertInstanceOf(Outcome.Refused.class, people.tryToSignIn(name, "wrong guess", ""));
                }
                ThrottledException wait =
                        assertThrows(ThrottledException.class, () -> people.tryToSignIn(name, "wrong guess", ""));
                assertEquals(PlatformError.BUSY, wait.code());
                assertTrue(wait.retryAfterSeconds() >= 1);
            }
            assertTrue(people.basic("olga", TestPeople.PASSWORD), "proved within the last minute");
            clock.advance(Duration.ofMinutes(2));
            assertTrue(people.basic("olga", TestPeople.PASSWORD), "the pause is over");
        }
    }

    @Test
    void oneOriginThatTriesManyNamesIsSlowedDown() throws Exception {
        try (TestPeople people = start().with(store)) {
            for (int i = 0; i < 50; i++) {
                assertInstanceOf(Outcome.Refused.class, people.tryToSignIn("name" + i, "wrong guess", ""));
            }
            assertThrows(ThrottledException.class, () -> people.tryToSignIn("another", "wrong guess", ""));
            assertTrue(people.authenticator
                    .authenticate("admin", TestPeople.FIRST.toCharArray(), "198.51.100.1")
                    .isPresent());
        }
    }

    private static ExternalPerson person(String name, String subject, String... groups) {
        return new ExternalPerson("ldap", subject, name, "Olga O.", "olga@example.com", Set.of(groups));
    }

    /** A directory with one person. */
    private static final class OnePerson implements Directory {
        private ExternalPerson person = person("olga", "uid=olga", "cn=Film,dc=example");
        private boolean away;

        @Override
        public String source() {
            return "ldap";
        }

        @Override
        public Optional<ExternalPerson> check(String name, char[] password) throws SoleraException {
            if (away) {
                throw new SoleraException(PlatformError.BUSY, "The directory is away.", "Wait.", null);
            }
            return name.equals(person.name()) && new String(password).equals("of the directory")
                    ? Optional.of(person)
                    : Optional.empty();
        }
    }

    @Test
    void peopleOfADirectoryComeInThroughTheGroupsThatNameTheirs() throws Exception {
        OnePerson directory = new OnePerson();
        try (TestPeople people = start().with(store)) {
            people.check.bindDirectory(directory);
            SoleraException nobody =
                    assertThrows(SoleraException.class, () -> people.tryToSignIn("olga", "of the directory", ""));
            assertEquals(PlatformError.FORBIDDEN, nobody.code());
            assertTrue(people.users.user("olga").isEmpty());
            people.users.createGroup(new Group(
                    "film", "", Set.of(Grant.parse("OPERATOR@bucket:film")), Set.of("CN=film,dc=example"), 0));
            Outcome.SignedIn in = (Outcome.SignedIn) people.tryToSignIn("Olga", "of the directory", "");
            assertEquals(
                    Set.of(Grant.parse("OPERATOR@bucket:film")),
                    in.session().identity().grants());
            User olga = people.users.user("olga").orElseThrow();
            assertEquals("ldap", olga.source());
            assertEquals("Olga O.", olga.displayName());
            assertTrue(people.basic("olga", "of the directory"));
            assertInstanceOf(Outcome.Refused.class, people.tryToSignIn("olga", "something else", ""));
            assertInstanceOf(Outcome.SignedIn.class, people.tryToSignIn("admin", TestPeople.FIRST, ""));

            directory.person = person("olga", "uid=olga", "cn=other");
            clock.advance(Duration.ofMinutes(2));
            assertEquals(
                    PlatformError.FORBIDDEN,
                    assertThrows(SoleraException.class, () -> people.tryToSignIn("olga", "of the directory", ""))
                            .code());
            assertEquals(Set.of(), people.users.effectiveGrants("olga"), "its tokens may nothing any more");
        }
    }

    @Test
    void aDirectoryCannotTakeTheNameOfSomebodyElse() throws Exception {
        OnePerson directory = new OnePerson();
        try (TestPeople people = start().with(store)) {
            people.users.createGroup(
                    new Group("film", "", Set.of(Grant.parse("OWNER")), Set.of("cn=Film,dc=example"), 0));
            people.make("olga");
            people.check.bindDirectory(directory);
            assertInstanceOf(
                    Outcome.Refused.class,
                    people.tryToSignIn("olga", "of the directory", ""),
                    "a local user is checked here only");
            assertThrows(
                    SoleraException.class,
                    () -> people.sessions.vouch(
                            new ExternalPerson("oidc", "iss sub", "olga", "", "", Set.of("cn=Film,dc=example")),
                            TestPeople.ORIGIN,
                            ""));
            assertInstanceOf(
                    Outcome.SignedIn.class,
                    people.sessions.vouch(person("ben", "uid=ben", "cn=Film,dc=example"), TestPeople.ORIGIN, ""));
            assertThrows(
                    SoleraException.class,
                    () -> people.sessions.vouch(person("ben", "uid=ben2", "cn=Film,dc=example"), TestPeople.ORIGIN, ""),
                    "another person of the same name");
        }
    }

    @Test
    void aDirectoryThatIsAwayIsToldAndCountsAsNoGuess() throws Exception {
        OnePerson directory = new OnePerson();
        directory.away = true;
        try (TestPeople people = start().with(store)) {
            people.check.bindDirectory(directory);
            for (int i = 0; i < 10; i++) {
                SoleraException away =
                        assertThrows(SoleraException.class, () -> people.tryToSignIn("olga", "of the directory", ""));
                assertEquals("The directory is away.", away.getMessage());
            }
            assertInstanceOf(Outcome.SignedIn.class, people.tryToSignIn("admin", TestPeople.FIRST, ""));
        }
    }

    @Test
    void aDirectoryDoesNotTakeTheLastOwnerAway() throws Exception {
        OnePerson directory = new OnePerson();
        try (TestPeople people = start().with(store)) {
            people.users.createGroup(
                    new Group("film", "", Set.of(Grant.parse("OWNER")), Set.of("cn=Film,dc=example"), 0));
            people.check.bindDirectory(directory);
            assertInstanceOf(Outcome.SignedIn.class, people.tryToSignIn("olga", "of the directory", ""));
            people.users.delete(
                    "admin", people.users.user("admin").orElseThrow().version());
            directory.person = person("olga", "uid=olga", "cn=other");
            clock.advance(Duration.ofMinutes(2));
            assertInstanceOf(Outcome.SignedIn.class, people.tryToSignIn("olga", "of the directory", ""));
            assertEquals(Set.of(Grant.parse("OWNER")), people.users.effectiveGrants("olga"));
        }
    }

    @Test
    void theFiguresTellWhatHappened() throws Exception {
        try (TestPeople people = start().with(store)) {
            people.signIn("admin");
            people.tryToSignIn("admin", "wrong guess", "");
            Set<String> seen = new HashSet<>();
            people.sessions.collect(new FigureSet(seen));
            assertTrue(seen.contains("solera_platform_sessions=1.0"), seen.toString());
            assertTrue(seen.contains("solera_platform_logins_total outcome wrong=1.0"), seen.toString());
            assertTrue(seen.contains("solera_platform_logins_total outcome right=1.0"), seen.toString());
            assertTrue(seen.contains("solera_platform_logins_refused_total=1.0"), seen.toString());
        }
    }
}
