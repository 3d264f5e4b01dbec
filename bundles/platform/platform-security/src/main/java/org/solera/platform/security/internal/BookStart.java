// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.security.internal;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.solera.platform.api.HealthReport;
import org.solera.platform.api.access.AccountRow;

/** With whom the {@link AccountBook} begins, before the database is there, and how it is. */
final class BookStart {
    private static final Logger log = LoggerFactory.getLogger(BookStart.class);

    private BookStart() {}

    /**
     * The people of a start.
     *
     * @param rows everybody
     * @param later rows that the database has yet to take
     * @param justMade whether they were made now, at first boot
     * @param problem why nobody is known; empty when somebody is
     */
    record Begun(List<AccountRow> rows, Set<LocalCopy.RowId> later, boolean justMade, String problem) {}

    /** Reads the local copy; without one, the files of the time before the database; without these, makes an owner. */
    static Begun begin(LocalCopy copy, FoundationFiles foundation, FirstPeople first) {
        try {
            Optional<LocalCopy.Content> known = copy.read();
            if (known.isPresent()) {
                return new Begun(known.get().rows(), known.get().later(), false, "");
            }
        } catch (IOException damaged) {
            log.error("The local copy of the accounts cannot be used; the database is waited for.", damaged);
            return new Begun(List.of(), Set.of(), false, Objects.toString(damaged.getMessage(), damaged.toString()));
        }
        try {
            if (foundation.exist()) {
                return new Begun(foundation.read(), Set.of(), false, "");
            }
            List<AccountRow> made = first.make();
            if (!copy.save(() -> new LocalCopy.Content(made, Set.of()))) {
                throw new IOException("The accounts of first boot could not be stored: " + copy.problem());
            }
            return new Begun(made, Set.of(), true, "");
        } catch (IOException failure) {
            throw new UncheckedIOException("The accounts cannot be read or made.", failure);
        }
    }

    /**
     * {@return how the book is}
     *
     * @param now everybody
     * @param problem why nobody is known
     * @param copy why the local copy could not be written; empty if it was
     * @param database what is wrong with the database; empty if nothing is
     */
    static HealthReport health(Snapshot now, String problem, String copy, String database) {
        String people = "%d users, %d groups."
                .formatted(now.users().size(), now.groups().size());
        if (now.users().isEmpty()) {
            return HealthReport.down(
                    "Nobody can sign in. " + problem, "Bring the database back, or restore a backup of the appliance.");
        }
        if (!copy.isEmpty()) {
            return HealthReport.degraded(
                    people + " The local copy could not be written: " + copy,
                    "Check the free space of the data folder; until then nobody can sign in after a start without the"
                            + " database.");
        }
        if (!database.isEmpty()) {
            return HealthReport.degraded(
                    people + " People can sign in, changes have to wait for the database. " + database,
                    "See the health of the database.");
        }
        return HealthReport.up(people);
    }
}
