// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.security.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;
import org.solera.platform.api.Grant;
import org.solera.platform.api.PlatformError;
import org.solera.platform.api.Role;
import org.solera.platform.api.SoleraException;
import org.solera.platform.api.access.AccountRow;
import org.solera.platform.api.access.Group;
import org.solera.platform.api.access.User;

class SnapshotUsersTest {
    private final MovingClock clock = new MovingClock();
    private final MemoryStore store = new MemoryStore();
    private TestPeople people;

    @TempDir
    private Path data;

    @BeforeEach
    void start() {
        people = TestPeople.at(data, clock).with(store);
    }

    @AfterEach
    void stop() {
        people.close();
    }

    private static void refused(PlatformError code, Executable change) {
        assertEquals(code, assertThrows(SoleraException.class, change).code());
    }

    private static User edited(User user, boolean enabled, Set<String> groups, Set<Grant> grants) {
        return new User(
                user.name(),
                "Another name",
                "a@example.com",
                user.source(),
                enabled,
                groups,
                grants,
                false,
                false,
                user.createdAt(),
                null,
                user.version());
    }

    @Test
    void aUserHasItsOwnGrantsAndThoseOfItsGroups() throws SoleraException {
        people.users.createGroup(new Group("film", "", Set.of(Grant.parse("OPERATOR@bucket:film")), Set.of(), 0));
        User olga = people.make("olga", "VIEWER");
        people.users.update(edited(olga, true, Set.of("film"), olga.grants()));
        assertEquals(
                Set.of(Grant.parse("VIEWER"), Grant.parse("OPERATOR@bucket:film")),
                people.users.effectiveGrants("olga"));
        people.users.deleteGroup("film", 1);
        assertEquals(Set.of(Grant.parse("VIEWER")), people.users.effectiveGrants("olga"));
        assertEquals(Set.of(), people.users.user("olga").orElseThrow().groups());
        assertEquals(Set.of(), people.users.effectiveGrants("nobody"));
    }

    @Test
    void theLastEnabledOwnerStaysWhateverIsTried() throws SoleraException {
        User admin = people.users.user("admin").orElseThrow();
        refused(PlatformError.CONFLICT, () -> people.users.delete("admin", admin.version()));
        refused(PlatformError.CONFLICT, () -> people.users.update(edited(admin, false, Set.of(), admin.grants())));
        refused(
                PlatformError.CONFLICT,
                () -> people.users.update(edited(admin, true, Set.of(), Set.of(Grant.parse("OWNER@bucket:a")))));
        people.users.createGroup(new Group("chiefs", "", Set.of(Grant.everywhere(Role.OWNER)), Set.of(), 0));
        User olga = people.make("olga");
        people.users.update(edited(olga, true, Set.of("chiefs"), Set.of()));
        people.users.delete("admin", admin.version());
        refused(PlatformError.CONFLICT, () -> people.users.deleteGroup("chiefs", 1));
        refused(PlatformError.CONFLICT, () -> people.users.updateGroup(new Group("chiefs", "", Set.of(), Set.of(), 1)));
        assertEquals(Set.of(Grant.everywhere(Role.OWNER)), people.users.effectiveGrants("olga"));
    }

    @Test
    void anEditThatIsBasedOnAnOlderVersionIsRefused() throws SoleraException {
        User olga = people.make("olga");
        User next = people.users.update(edited(olga, true, Set.of(), Set.of()));
        assertEquals(2, next.version());
        assertEquals("Another name", next.displayName());
        refused(PlatformError.CONFLICT, () -> people.users.update(edited(olga, true, Set.of(), Set.of())));
        refused(PlatformError.CONFLICT, () -> people.users.delete("olga", olga.version()));
        people.users.createGroup(new Group("g", "", Set.of(), Set.of(), 7));
        refused(PlatformError.CONFLICT, () -> people.users.updateGroup(new Group("g", "x", Set.of(), Set.of(), 7)));
    }

    @Test
    void aDisabledUserIsOutAtOnceInEveryWay() throws SoleraException {
        User olga = people.make("olga", "OPERATOR");
        String session = people.signIn("olga").secret();
        String unused = people.signIn("olga").secret();
        String token = people.tokens
                .create("olga", "t", Set.of(), false, clock.instant().plusSeconds(600))
                .secret();
        String key = people.keys.create("olga", "k", Set.of(), null).id();
        assertTrue(people.basic("olga", TestPeople.PASSWORD));
        User disabled = people.users.update(edited(olga, false, Set.of(), olga.grants()));
        assertTrue(people.sessions.find(session).isEmpty());
        assertTrue(people.tokens.find(token).isEmpty());
        assertTrue(people.keys.find(key).isEmpty());
        assertFalse(people.basic("olga", TestPeople.PASSWORD), "not even the remembered password");
        people.users.update(edited(disabled, true, Set.of(), olga.grants()));
        assertTrue(people.sessions.find(session).isEmpty(), "an ended session does not come back");
        assertTrue(people.sessions.find(unused).isEmpty(), "nor one that nobody used meanwhile");
        assertTrue(people.tokens.find(token).isPresent());
        assertTrue(people.keys.find(key).isPresent());
    }

    @Test
    void whoeverGetsTheNameOfADeletedUserGetsNothingElseOfIt() throws SoleraException {
        User olga = people.make("olga", "OPERATOR");
        String session = people.signIn("olga").secret();
        String token = people.tokens
                .create("olga", "t", Set.of(), false, clock.instant().plusSeconds(600))
                .secret();
        String key = people.keys.create("olga", "k", Set.of(), null).id();
        people.users.delete("olga", people.users.user("olga").orElseThrow().version());
        assertEquals(olga.version(), 1);
        people.make("olga", "OWNER");
        assertTrue(people.sessions.find(session).isEmpty());
        assertTrue(people.tokens.find(token).isEmpty());
        assertTrue(people.keys.find(key).isEmpty());
        assertEquals(0, store.rows(AccountRow.TokenRow.class).size());
    }

    @Test
    void aNewPasswordEndsTheOtherSessionsAndTheOldPassword() throws SoleraException {
        people.make("olga");
        var here = people.signIn("olga");
        String elsewhere = people.signIn("olga").secret();
        assertTrue(people.basic("olga", TestPeople.PASSWORD));
        people.users.setPassword(
                "olga", "a longer password".toCharArray(), false, here.session().id());
        assertTrue(people.sessions.find(here.secret()).isPresent());
        assertTrue(people.sessions.find(elsewhere).isEmpty());
        assertFalse(people.basic("olga", TestPeople.PASSWORD));
        assertTrue(people.basic("olga", "a longer password"));
        people.users.setPassword("olga", "the third password".toCharArray(), true, "");
        assertTrue(people.sessions.find(here.secret()).isEmpty());
        var forced = (org.solera.platform.api.access.Sessions.Outcome.SignedIn)
                people.tryToSignIn("olga", "the third password", "");
        assertTrue(forced.session().mustChangePassword());
    }

    @Test
    void valuesThatAreNotAllowedAreRefusedInWords() throws SoleraException {
        for (String name : new String[] {"", "Olga", "a b", "a/b", "-", "system", "..", "x".repeat(65), "a\u0000"}) {
            refused(PlatformError.INVALID_REQUEST, () -> people.make(name));
        }
        char[] good = TestPeople.PASSWORD.toCharArray();
        User user = TestPeople.user("olga");
        refused(PlatformError.INVALID_REQUEST, () -> people.users.create(user, "short".toCharArray()));
        refused(PlatformError.INVALID_REQUEST, () -> people.users.create(user, new char[257]));
        refused(PlatformError.INVALID_REQUEST, () -> people.users.create(user, "aaaaaaaaaaaaaaaa".toCharArray()));
        refused(
                PlatformError.INVALID_REQUEST,
                () -> people.users.create(TestPeople.user("olga-the-operator"), "Olga-The-Operator".toCharArray()));
        User olga = people.users.create(user, good);
        refused(PlatformError.CONFLICT, () -> people.make("olga"));
        refused(
                PlatformError.INVALID_REQUEST,
                () -> people.users.update(edited(olga, true, Set.of("nowhere"), Set.of())));
        refused(PlatformError.NOT_FOUND, () -> people.users.setPassword("eve", good));
        refused(PlatformError.NOT_FOUND, () -> people.users.delete("eve", 1));
        refused(
                PlatformError.INVALID_REQUEST,
                () -> people.users.createGroup(new Group("A", "", Set.of(), Set.of(), 0)));
        refused(
                PlatformError.INVALID_REQUEST,
                () -> people.users.createGroup(new Group("a", "line\nbreak", Set.of(), Set.of(), 0)));
    }

    @Test
    void aStricterPolicyHoldsFromItsComingToItsGoing() throws SoleraException {
        PasswordPolicy strict = new PasswordPolicy(30);
        people.users.bindPolicy(strict);
        refused(PlatformError.INVALID_REQUEST, () -> people.make("olga"));
        people.users.unbindPolicy(strict);
        people.make("olga");
    }

    @Test
    void aProofOfThePasswordNeedsTheRightOneOfTheRightUser() throws SoleraException {
        people.make("olga");
        assertTrue(people.users.provesPassword("olga", TestPeople.PASSWORD.toCharArray(), TestPeople.ORIGIN));
        assertFalse(people.users.provesPassword("olga", TestPeople.FIRST.toCharArray(), TestPeople.ORIGIN));
        assertFalse(people.users.provesPassword("eve", TestPeople.PASSWORD.toCharArray(), TestPeople.ORIGIN));
    }
}
