// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.security.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.solera.platform.api.AccessKey;
import org.solera.platform.api.Grant;
import org.solera.platform.api.Identity;
import org.solera.platform.api.PlatformError;
import org.solera.platform.api.Scope;
import org.solera.platform.api.SoleraException;
import org.solera.platform.api.access.AccountRow;
import org.solera.platform.api.access.Action;
import org.solera.platform.api.access.Domain;
import org.solera.platform.api.access.Permissions;
import org.solera.platform.api.access.Tokens;
import org.solera.platform.api.access.User;

class TokensAndKeysTest {
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

    private static Set<Grant> grants(String... texts) {
        return Stream.of(texts).map(Grant::parse).collect(Collectors.toSet());
    }

    private Instant inAnHour() {
        return clock.instant().plus(Duration.ofHours(1));
    }

    private Set<Grant> of(Tokens.Created token) {
        return people.tokens.find(token.secret()).orElseThrow().identity().grants();
    }

    @Test
    void aTokenOpensUntilItIsRevokedAndNeverAgain() throws SoleraException {
        people.make("olga", "OPERATOR");
        Tokens.Created made = people.tokens.create("olga", "backup", Set.of(), false, inAnHour());
        assertTrue(made.secret().startsWith("solera_"));
        assertEquals(50, made.secret().length());
        assertEquals(
                "olga",
                people.tokens.find(made.secret()).orElseThrow().identity().name());
        assertFalse(store.rows(AccountRow.TokenRow.class).get(0).hash().contains(made.secret()));
        assertFalse(people.tokens.revoke("admin", made.token().id()), "not that of somebody else");
        assertTrue(people.tokens.find(made.secret()).isPresent());
        assertTrue(people.tokens.revoke("olga", made.token().id()));
        assertTrue(people.tokens.find(made.secret()).isEmpty(), "replay");
        assertFalse(people.tokens.revoke("olga", made.token().id()));
        people.close();
        people = TestPeople.at(data, clock);
        assertTrue(people.tokens.find(made.secret()).isEmpty(), "replay after a restart without the database");
        people.with(store);
        assertTrue(people.tokens.find(made.secret()).isEmpty());
    }

    @Test
    void aTokenEndsInTimeAndWrongOnesOpenNothing() throws SoleraException {
        Tokens.Created made = people.tokens.create("admin", "t", Set.of(), false, inAnHour());
        String flipped = made.secret().substring(0, 49) + (made.secret().endsWith("A") ? "E" : "A");
        for (String wrong : new String[] {
            "", "solera_", flipped, made.secret() + "A", made.token().id()
        }) {
            assertTrue(people.tokens.find(wrong).isEmpty());
        }
        clock.advance(Duration.ofMinutes(59));
        assertTrue(people.tokens.find(made.secret()).isPresent());
        clock.advance(Duration.ofMinutes(1));
        assertTrue(people.tokens.find(made.secret()).isEmpty());
        assertEquals(1, people.tokens.of("admin").size(), "still listed");
        assertThrows(SoleraException.class, () -> people.tokens.create("admin", "t", Set.of(), false, clock.instant()));
        Instant far = clock.instant().plus(Duration.ofDays(367));
        assertThrows(SoleraException.class, () -> people.tokens.create("admin", "t", Set.of(), false, far));
        assertThrows(SoleraException.class, () -> people.tokens.create("admin", " ", Set.of(), false, inAnHour()));
        assertThrows(SoleraException.class, () -> people.tokens.create("eve", "t", Set.of(), false, inAnHour()));
    }

    @Test
    void aTokenMayNeverMoreThanItsUserMayNow() throws SoleraException {
        User olga = people.make("olga", "OPERATOR");
        Tokens.Created all = people.tokens.create("olga", "t", Set.of(), false, inAnHour());
        Tokens.Created one = people.tokens.create("olga", "t", grants("OPERATOR@bucket:x"), false, inAnHour());
        Tokens.Created more = people.tokens.create("olga", "t", grants("OWNER"), false, inAnHour());
        Tokens.Created less = people.tokens.create("olga", "t", grants("VIEWER"), false, inAnHour());
        assertEquals(grants("OPERATOR"), of(all));
        assertEquals(grants("OPERATOR@bucket:x"), of(one));
        assertEquals(grants("OPERATOR"), of(more), "what the user has of it");
        assertEquals(grants("VIEWER"), of(less), "an operator may all that a viewer may");
        people.users.update(new User(
                "olga",
                "",
                "",
                User.LOCAL,
                true,
                Set.of(),
                grants("OPERATOR@bucket:y", "LICENSE_ADMIN"),
                false,
                false,
                olga.createdAt(),
                null,
                olga.version()));
        assertEquals(grants("OPERATOR@bucket:y", "LICENSE_ADMIN"), of(all));
        assertEquals(Set.of(), of(one));
        assertEquals(grants("OPERATOR@bucket:y", "LICENSE_ADMIN"), of(more));
        assertEquals(grants("VIEWER@bucket:y"), of(less));
    }

    @Test
    void aTokenForReadingChangesNothing() throws SoleraException {
        Tokens.Created made = people.tokens.create("admin", "t", Set.of(), true, inAnHour());
        Identity identity = people.tokens.find(made.secret()).orElseThrow().identity();
        assertTrue(identity.readOnly());
        for (Domain domain : Domain.values()) {
            assertTrue(Permissions.allows(identity, domain, Action.READ, Scope.EVERYWHERE));
            assertFalse(Permissions.allows(identity, domain, Action.CHANGE, Scope.EVERYWHERE));
            assertFalse(Permissions.allowsSomewhere(identity, domain, Action.CHANGE));
        }
    }

    @Test
    void theHundredAndFirstTokenIsRefusedUnlessOthersAreOver() throws SoleraException {
        for (int i = 0; i < 100; i++) {
            people.tokens.create("admin", "t", Set.of(), false, inAnHour());
        }
        assertEquals(
                PlatformError.BUSY,
                assertThrows(
                                SoleraException.class,
                                () -> people.tokens.create("admin", "t", Set.of(), false, inAnHour()))
                        .code());
        clock.advance(Duration.ofHours(2));
        people.tokens.create("admin", "t", Set.of(), false, inAnHour());
        assertEquals(1, people.tokens.of("admin").size());
    }

    @Test
    void theLastUseIsNotedToTheMinuteAndReachesTheDatabase() throws SoleraException {
        Tokens.Created made = people.tokens.create("admin", "t", Set.of(), false, inAnHour());
        int before = store.commits();
        for (int i = 0; i < 50; i++) {
            assertTrue(people.tokens.find(made.secret()).isPresent());
        }
        assertEquals(before, store.commits(), "a request does not wait for the database");
        assertEquals(clock.instant(), people.tokens.of("admin").get(0).lastUsedAt());
        clock.advance(Duration.ofSeconds(20));
        people.book.tick();
        assertEquals(before + 1, store.commits());
        assertFalse(store.rows(AccountRow.TokenRow.class).get(0).token().lastUsedAt() == null);
    }

    @Test
    void keysAreSealedAtRestAndInForceOnlyAsLongAsTheyShouldBe() throws SoleraException {
        people.make("olga", "OPERATOR");
        for (Instant far : List.of(Instant.MAX, clock.instant().plus(Duration.ofDays(3_654)))) {
            assertThrows(SoleraException.class, () -> people.keys.create("olga", "cam", Set.of(), far));
        }
        AccessKey key = people.keys.create("olga", "cam", grants("OPERATOR@bucket:cam"), inAnHour());
        AccessKey other = people.keys.create("olga", "other", Set.of(), null);
        assertEquals(key.secret(), people.keys.find(key.id()).orElseThrow().secret());
        assertEquals(
                grants("OPERATOR@bucket:cam"),
                people.keys.find(key.id()).orElseThrow().owner().grants());
        for (AccountRow.KeyRow row : store.rows(AccountRow.KeyRow.class)) {
            assertTrue(row.sealedSecret().startsWith("sealed:"));
            assertFalse(row.sealedSecret().contains(key.secret()));
        }
        people.keys.enable("olga", key.id(), false);
        assertTrue(people.keys.find(key.id()).isEmpty());
        assertTrue(people.keys.find(other.id()).isPresent());
        people.keys.enable("olga", key.id(), true);
        assertEquals(key.secret(), people.keys.find(key.id()).orElseThrow().secret());
        clock.advance(Duration.ofHours(1));
        assertTrue(people.keys.find(key.id()).isEmpty(), "over");
        assertTrue(people.keys.find(other.id()).isPresent());
        people.keys.delete("olga", other.id());
        assertTrue(people.keys.find(other.id()).isEmpty());
        assertEquals(
                PlatformError.NOT_FOUND,
                assertThrows(SoleraException.class, () -> people.keys.enable("admin", key.id(), true))
                        .code(),
                "not that of somebody else");
        assertEquals(1, people.keys.of("olga").size());
        people.close();
        people = TestPeople.at(data, clock);
        assertTrue(people.keys.find(other.id()).isEmpty(), "a deleted key stays deleted");
    }

    @Test
    void aKeyMayAtOnceWhatItsUserMayNow() throws SoleraException {
        User olga = people.make("olga", "OPERATOR");
        AccessKey key = people.keys.create("olga", "k", Set.of(), null);
        assertEquals(
                grants("OPERATOR"),
                people.keys.find(key.id()).orElseThrow().owner().grants());
        people.users.update(new User(
                "olga",
                "",
                "",
                User.LOCAL,
                true,
                Set.of(),
                Set.of(),
                false,
                false,
                olga.createdAt(),
                null,
                olga.version()));
        assertEquals(Set.of(), people.keys.find(key.id()).orElseThrow().owner().grants());
    }

    @Test
    void aKeyWhoseSecretCannotBeOpenedIsOutOfForce() throws SoleraException {
        AccessKey key = people.keys.create("admin", "k", Set.of(), null);
        MemoryStore moved = store.copy();
        AccountRow.KeyRow row = moved.rows(AccountRow.KeyRow.class).stream()
                .filter(each -> each.view().id().equals(key.id()))
                .findFirst()
                .orElseThrow();
        moved.commit(
                java.util.List.of(new AccountRow.KeyRow(row.view(), people.master.seal("other", new byte[] {1}))),
                java.util.List.of());
        people.book.unbindStore(store);
        people.with(moved);
        assertTrue(people.keys.find(key.id()).isEmpty());
    }
}
