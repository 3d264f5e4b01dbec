// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.jpa.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.solera.platform.api.Grant;
import org.solera.platform.api.PlatformError;
import org.solera.platform.api.Role;
import org.solera.platform.api.Scope;
import org.solera.platform.api.SoleraException;
import org.solera.platform.api.access.AccountRow;
import org.solera.platform.api.access.AccountRow.GroupRow;
import org.solera.platform.api.access.AccountRow.KeyRow;
import org.solera.platform.api.access.AccountRow.SessionRow;
import org.solera.platform.api.access.AccountRow.TokenRow;
import org.solera.platform.api.access.AccountRow.UserRow;
import org.solera.platform.api.access.AccountStore;
import org.solera.platform.api.access.Group;
import org.solera.platform.api.access.KeyView;
import org.solera.platform.api.access.Token;
import org.solera.platform.api.access.User;
import org.solera.platform.api.notices.Notice;
import org.solera.platform.api.notices.NoticeStore;
import org.solera.platform.api.notices.Severity;
import org.solera.platform.api.operations.Operation;
import org.solera.platform.api.operations.OperationStore;
import org.solera.platform.persistence.api.Database;
import org.solera.platform.persistence.internal.DatabaseBox;

/** What comes back is what was put, on every database. */
abstract class StoresContract {
    private static final Instant NANOS = Instant.parse("2026-03-29T01:30:00.123456789Z");
    private static final Instant LONG_AGO = Instant.parse("-0044-03-15T12:00:00Z");
    private static final Set<Grant> GRANTS = Set.of(
            Grant.everywhere(Role.OWNER),
            new Grant(Role.OPERATOR, Scope.bucket("a:b@c \\n\\ 漢 *")),
            new Grant(Role.VIEWER, Scope.hub("stage")));
    private static final Set<String> HOSTILE =
            Set.of("", " ", "a,b", "cn=x,dc=y", "line\nfeed", "\\", "\\n", "\\\n", "n", "😀", "tab\t", "\r\n", "'; --");

    @TempDir
    Path folder;

    private DatabaseBox box;
    private AccountStore accounts;
    private OperationStore operations;
    private NoticeStore notices;

    abstract DatabaseBox open(Path folder) throws IOException, InterruptedException;

    @BeforeEach
    void openStores() throws IOException, InterruptedException {
        box = open(folder);
        Database database = box.serve(new PlatformUnit());
        accounts = new JpaAccounts(database);
        operations = new JpaOperations(database);
        notices = new JpaNotices(database);
    }

    @AfterEach
    void close() {
        box.close();
    }

    private static UserRow user(String name, long version) {
        return new UserRow(
                new User(name, "Änna 安娜 😀\n", "", "ldap", true, HOSTILE, GRANTS, true, false, NANOS, null, version),
                "cn=x\u0001,dc=y",
                "pbkdf2$1$x",
                "sealed:a",
                "",
                Long.MAX_VALUE,
                HOSTILE);
    }

    private static List<AccountRow> everything() {
        return List.of(
                user("anna", Long.MIN_VALUE),
                new UserRow(
                        new User("bob", "", "b@x", "local", false, Set.of(), Set.of(), false, true, LONG_AGO, NANOS, 0),
                        "",
                        "",
                        "",
                        "sealed:b",
                        -1,
                        Set.of()),
                new GroupRow(new Group("g", "x".repeat(256), GRANTS, HOSTILE, 7)),
                new GroupRow(new Group("empty", "", Set.of(), Set.of(), 0)),
                new TokenRow(new Token("t1", "anna", "CI", GRANTS, true, NANOS, Instant.MAX, null), "f".repeat(64)),
                new TokenRow(new Token("t2", "anna", "", Set.of(), false, LONG_AGO, NANOS, NANOS), ""),
                new KeyRow(new KeyView("k1", "anna", "s3", GRANTS, true, NANOS, null), "sealed:k"),
                new KeyRow(new KeyView("k2", "anna", "", Set.of(), false, NANOS, Instant.MIN), ""),
                new SessionRow("s1", "anna", "h", "sealed:c", "127.0.0.1", "Agent/1", NANOS, NANOS, NANOS, null),
                new SessionRow("s2", "anna", "", "", "", "", LONG_AGO, Instant.MAX, NANOS, NANOS));
    }

    @Test
    void everyRowOfPeopleComesBackAsItWas() throws SoleraException {
        accounts.commit(everything(), List.of());
        assertEquals(new HashSet<>(everything()), new HashSet<>(accounts.load()));
        accounts.commit(everything(), List.of());
        assertEquals(everything().size(), accounts.load().size());
    }

    @Test
    void aRowIsReplacedByItsKeyAndRemovedOnes() throws SoleraException {
        accounts.commit(List.of(user("anna", 1), user("bob", 1)), List.of());
        accounts.commit(List.of(user("anna", 2)), List.of(user("bob", 9), user("nobody", 1)));
        assertEquals(List.of(user("anna", 2)), accounts.load());
        accounts.commit(List.of(user("anna", 3)), List.of(user("anna", 2)));
        assertEquals(List.of(user("anna", 3)), accounts.load());
        accounts.commit(List.of(), accounts.load());
        assertEquals(List.of(), accounts.load());
    }

    @Test
    void rowsOfOtherKindsMayHaveTheSameKey() throws SoleraException {
        List<AccountRow> same = List.of(
                new GroupRow(new Group("x", "", Set.of(), Set.of(), 0)),
                new TokenRow(new Token("x", "a", "", Set.of(), false, NANOS, NANOS, null), ""),
                new KeyRow(new KeyView("x", "a", "", Set.of(), true, NANOS, null), ""));
        accounts.commit(same, List.of());
        accounts.commit(List.of(), List.of(same.get(1)));
        assertEquals(Set.of(same.get(0), same.get(2)), new HashSet<>(accounts.load()));
    }

    @Test
    void aCommitThatFailsChangesNothing() throws SoleraException {
        accounts.commit(List.of(user("anna", 1)), List.of());
        GroupRow tooLong = new GroupRow(new Group("g", "x".repeat(2_000), Set.of(), Set.of(), 0));
        SoleraException failure = assertThrows(
                SoleraException.class,
                () -> accounts.commit(List.of(user("bob", 1), user("anna", 2), tooLong), List.of(user("anna", 1))));
        assertEquals(PlatformError.INVALID_REQUEST, failure.code());
        assertEquals(List.of(user("anna", 1)), accounts.load());
    }

    @Test
    void aTextThatOneProductCannotHoldIsRefusedByAll() throws SoleraException {
        for (String bad : List.of("a\u0000b", "\uD800")) {
            GroupRow row = new GroupRow(new Group("g", bad, Set.of(), Set.of(), 0));
            SoleraException failure =
                    assertThrows(SoleraException.class, () -> accounts.commit(List.of(row), List.of()));
            assertEquals(PlatformError.INVALID_REQUEST, failure.code());
        }
        assertEquals(List.of(), accounts.load());
    }

    @Test
    void manyRowsAreOneTransaction() throws SoleraException {
        List<AccountRow> rows = new ArrayList<>();
        for (int i = 0; i < 1_000; i++) {
            rows.add(new SessionRow("s" + i, "anna", "h" + i, "c", "o", "a", NANOS, NANOS, NANOS, null));
        }
        accounts.commit(rows, List.of());
        assertEquals(new HashSet<>(rows), new HashSet<>(accounts.load()));
        accounts.commit(List.of(), rows);
        assertEquals(List.of(), accounts.load());
    }

    private static Operation operation(String id, Operation.State state, Instant endedAt) {
        return new Operation(
                id,
                "backup.create",
                "Ä 备份",
                "",
                "anna",
                state,
                "",
                1L << 40,
                0,
                "bytes",
                true,
                "m\nm",
                "x".repeat(40_000),
                "/api/v1/x",
                NANOS,
                LONG_AGO,
                endedAt);
    }

    @Test
    void operationsComeBackAsTheyWere() throws SoleraException {
        List<Operation> all = new ArrayList<>();
        for (Operation.State state : Operation.State.values()) {
            all.add(operation(state.name(), state, state.ended() ? NANOS : null));
        }
        operations.save(all, List.of());
        assertEquals(new HashSet<>(all), new HashSet<>(operations.load()));
        Operation changed = operation("RUNNING", Operation.State.FAILED, NANOS);
        operations.save(List.of(changed), List.of("WAITING", "SUCCEEDED", "FAILED", "CANCELLED", "missing"));
        assertEquals(Set.of(changed, all.get(5)), new HashSet<>(operations.load()));
    }

    @Test
    void noticesComeBackAsTheyWere() throws SoleraException {
        List<Notice> all = new ArrayList<>();
        for (double value : new double[] {
            0,
            -0.0,
            0.1,
            Double.NaN,
            Double.POSITIVE_INFINITY,
            Double.NEGATIVE_INFINITY,
            Double.MIN_VALUE,
            Double.MAX_VALUE
        }) {
            all.add(new Notice(
                    "n" + all.size(),
                    "r",
                    "drive=\"d2\"",
                    Severity.CRITICAL,
                    "t",
                    "标题",
                    "n",
                    "下一步",
                    value,
                    NANOS,
                    null,
                    "",
                    null,
                    Instant.MAX,
                    ""));
        }
        notices.save(all, List.of());
        assertEquals(new HashSet<>(all), new HashSet<>(notices.load()));
        notices.save(List.of(), all.stream().map(Notice::id).toList());
        assertEquals(List.of(), notices.load());
    }

    @Test
    void aBackupHoldsAllOfIt() throws SoleraException, IOException {
        accounts.commit(everything(), List.of());
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        box.backup().write(out);
        accounts.commit(List.of(user("intruder", 1)), everything());
        box.backup().check(new ByteArrayInputStream(out.toByteArray()));
        box.backup().restore(new ByteArrayInputStream(out.toByteArray()));
        assertEquals(new HashSet<>(everything()), new HashSet<>(accounts.load()));
    }
}
