// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.security.internal;

import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.solera.platform.api.Grant;
import org.solera.platform.api.Role;
import org.solera.platform.api.access.AccountRow;
import org.solera.platform.api.access.User;

/**
 * Makes the owner and a pair of access keys at first boot, and tells them to the person at the box. The password is good
 * for one sign-in, in which another has to be set.
 */
final class FirstPeople {
    static final String ADMINISTRATOR = "admin";

    private static final Logger log = LoggerFactory.getLogger(FirstPeople.class);
    private static final int GENERATED_LENGTH = 20;

    private final FirstBootNote note;
    private final MasterKeys master;
    private final Clock clock;
    private final int iterations;
    private final String given;
    private final RandomText random = new RandomText();

    FirstPeople(FirstBootNote note, MasterKeys master, Clock clock) {
        this(note, master, clock, PasswordHash.ITERATIONS, "");
    }

    /** @param given password of the first owner; empty to make one that has to be changed */
    FirstPeople(FirstBootNote note, MasterKeys master, Clock clock, int iterations, String given) {
        this.note = note;
        this.master = master;
        this.clock = clock;
        this.iterations = iterations;
        this.given = given;
    }

    List<AccountRow> make() throws IOException {
        String password = given.isEmpty() ? random.next(RandomText.UNAMBIGUOUS, GENERATED_LENGTH) : given;
        String id = random.next(RandomText.CAPITALS_AND_DIGITS, AccessKeyRows.ID_LENGTH);
        String secret = random.next(RandomText.LETTERS_AND_DIGITS, AccessKeyRows.SECRET_LENGTH);
        note.put("admin password", password);
        note.put("access key", id);
        note.put("secret key", secret);
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        User owner = new User(
                ADMINISTRATOR,
                "Administrator",
                "",
                User.LOCAL,
                true,
                Set.of(),
                Set.of(Grant.everywhere(Role.OWNER)),
                false,
                given.isEmpty(),
                now,
                null,
                1);
        String hash =
                PasswordHash.of(password.toCharArray(), iterations, random).toString();
        log.info("Account {} and access key {} were made.", ADMINISTRATOR, id);
        return List.of(
                new AccountRow.UserRow(owner, "", hash, "", "", 0, Set.of()),
                AccessKeyRows.of(master, id, secret, ADMINISTRATOR, "S3", Set.of(), now, null));
    }

    /** Takes back what was told, when somebody else's accounts turned out to be in the database. */
    void takeBack() {
        try {
            note.delete();
        } catch (IOException failure) {
            log.warn("The note of first boot could not be deleted; it names an account that there is not.", failure);
        }
    }
}
