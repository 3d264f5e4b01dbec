// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.security.internal;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.solera.platform.api.PlatformError;
import org.solera.platform.api.SoleraException;
import org.solera.platform.api.access.AccountRow;
import org.solera.platform.api.access.ExternalPerson;
import org.solera.platform.api.access.Group;
import org.solera.platform.api.access.User;
import org.solera.platform.api.access.Users;

/**
 * Lets people of directories and identity providers in: makes the user at the first sign-in, and at each one takes over
 * name, mail address and groups. The groups that name a group of the directory follow it; groups without such a name are
 * left to the administrator. <b>Thread-safety:</b> thread-safe.
 */
final class ExternalPeople {
    private static final Logger log = LoggerFactory.getLogger(ExternalPeople.class);

    private final AccountBook book;

    ExternalPeople(AccountBook book) {
        this.book = book;
    }

    /**
     * Takes a person in.
     *
     * @return the user as it is now
     * @throws SoleraException FORBIDDEN if the person may not come in, BUSY if a new user cannot be stored now
     */
    AccountRow.UserRow admit(ExternalPerson person, Instant now) throws SoleraException {
        String name = person.name().toLowerCase(Locale.ROOT);
        if (!PeopleRules.isUserName(name)) {
            throw forbidden("The login name '%s' cannot be used here.".formatted(name));
        }
        Set<String> mapped = mapped(book.snapshot(), person);
        Optional<AccountRow.UserRow> known = book.snapshot().user(name);
        if (known.isEmpty()) {
            if (mapped.isEmpty()) {
                throw forbidden("No group of the appliance takes %s in.".formatted(name));
            }
            return create(person, name, mapped, now);
        }
        identical(known.get(), person);
        boolean unused = book.note(current -> updated(current, person, name), true);
        AccountRow.UserRow row = book.snapshot().user(name).orElseThrow(() -> forbidden("The user was deleted."));
        identical(row, person);
        if (!row.user().enabled()) {
            throw forbidden("The user %s is disabled.".formatted(name));
        }
        if (row.user().groups().isEmpty() && row.user().grants().isEmpty()) {
            throw forbidden("No group of the appliance takes %s in.".formatted(name));
        }
        return row;
    }

    private static void identical(AccountRow.UserRow row, ExternalPerson person) throws SoleraException {
        if (!row.user().source().equals(person.source())) {
            throw forbidden("There is another user %s, who does not sign in this way."
                    .formatted(row.user().name()));
        }
        if (!row.subject().isEmpty() && !row.subject().equals(person.subject())) {
            throw forbidden("The user %s is somebody else in the directory."
                    .formatted(row.user().name()));
        }
    }

    private static Set<String> mapped(Snapshot now, ExternalPerson person) {
        Set<String> theirs =
                person.groups().stream().map(ExternalPeople::folded).collect(Collectors.toSet());
        return now.groups().stream()
                .map(AccountRow.GroupRow::group)
                .filter(group ->
                        group.external().stream().map(ExternalPeople::folded).anyMatch(theirs::contains))
                .map(Group::name)
                .collect(Collectors.toSet());
    }

    private static String folded(String name) {
        return name.strip().toLowerCase(Locale.ROOT);
    }

    private AccountRow.UserRow create(ExternalPerson person, String name, Set<String> groups, Instant now)
            throws SoleraException {
        User user = new User(
                name,
                PeopleRules.shortened(person.displayName(), PeopleRules.LONGEST_DISPLAY_NAME),
                PeopleRules.isMail(person.email()) ? person.email() : "",
                person.source(),
                true,
                groups,
                Set.of(),
                false,
                false,
                now.truncatedTo(ChronoUnit.MILLIS),
                null,
                1);
        AccountRow.UserRow row = new AccountRow.UserRow(user, person.subject(), "", "", "", 0, Set.of());
        AccountRow.UserRow made = book.change(current -> {
            if (current.user(name).isPresent()) {
                throw Refusals.conflict("The user was made just now.", "Sign in again.");
            }
            if (current.users().size() >= Users.MOST_USERS) {
                throw Refusals.full("users", Users.MOST_USERS);
            }
            return new AccountBook.Outcome<>(List.of(row), List.of(), row);
        });
        log.info("User {} came in from {}.", name, person.source());
        return made;
    }

    private static AccountRow.@Nullable UserRow updated(Snapshot now, ExternalPerson person, String name) {
        AccountRow.UserRow row = now.user(name).orElse(null);
        if (row == null || !row.user().source().equals(person.source())) {
            return null;
        }
        User user = row.user();
        Set<String> groups = new HashSet<>(mapped(now, person));
        user.groups().stream()
                .filter(group -> now.group(group)
                        .map(each -> each.group().external().isEmpty())
                        .orElse(false))
                .forEach(groups::add);
        AccountRow.UserRow next = new AccountRow.UserRow(
                new User(
                        name,
                        PeopleRules.shortened(person.displayName(), PeopleRules.LONGEST_DISPLAY_NAME),
                        PeopleRules.isMail(person.email()) ? person.email() : "",
                        user.source(),
                        user.enabled(),
                        groups,
                        user.grants(),
                        user.secondFactor(),
                        false,
                        user.createdAt(),
                        user.lastSignInAt(),
                        user.version()),
                row.subject().isEmpty() ? person.subject() : row.subject(),
                row.password(),
                row.secondFactor(),
                row.pendingSecondFactor(),
                row.lastCode(),
                row.recovery());
        if (next.equals(row)) {
            return null;
        }
        if (now.owners() > 0 && now.with(List.of(next), List.of()).owners() == 0) {
            log.warn("The directory takes the last owner {} out of its groups; the groups stay as they were.", name);
            return null;
        }
        return next;
    }

    private static SoleraException forbidden(String why) {
        return new SoleraException(PlatformError.FORBIDDEN, why, "Ask the owner of the appliance.", null);
    }
}
