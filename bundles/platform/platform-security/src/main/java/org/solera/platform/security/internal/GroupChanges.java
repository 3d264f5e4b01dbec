// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.security.internal;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.solera.platform.api.PlatformError;
import org.solera.platform.api.SoleraException;
import org.solera.platform.api.access.AccountRow;
import org.solera.platform.api.access.Group;
import org.solera.platform.api.access.User;
import org.solera.platform.api.access.Users;

/** Changes groups in the {@link AccountBook}. Thread-safe. */
final class GroupChanges {
    private final AccountBook book;

    GroupChanges(AccountBook book) {
        this.book = book;
    }

    Group create(Group wanted) throws SoleraException {
        PeopleRules.group(wanted);
        Group made = new Group(wanted.name(), wanted.description(), wanted.grants(), wanted.external(), 1);
        return book.change(now -> {
            if (now.group(made.name()).isPresent()) {
                throw Refusals.conflict(
                        "There is a group '%s' already.".formatted(made.name()), "Choose another name.");
            }
            if (now.groups().size() >= Users.MOST_GROUPS) {
                throw Refusals.full("groups", Users.MOST_GROUPS);
            }
            return new AccountBook.Outcome<>(List.of(new AccountRow.GroupRow(made)), List.of(), made);
        });
    }

    Group update(Group wanted) throws SoleraException {
        PeopleRules.group(wanted);
        return book.change(now -> {
            Group was = require(now, wanted.name());
            SnapshotUsers.current(wanted.version(), was.version());
            Group next =
                    new Group(was.name(), wanted.description(), wanted.grants(), wanted.external(), was.version() + 1);
            List<AccountRow> put = List.of(new AccountRow.GroupRow(next));
            SnapshotUsers.anOwnerStays(now, now.with(put, List.of()));
            return new AccountBook.Outcome<>(put, List.of(), next);
        });
    }

    void delete(String name, long version) throws SoleraException {
        boolean unused = book.change(now -> {
            Group was = require(now, name);
            SnapshotUsers.current(version, was.version());
            List<AccountRow> members = new ArrayList<>();
            for (AccountRow.UserRow row : now.users()) {
                if (row.user().groups().contains(name)) {
                    members.add(without(row, name));
                }
            }
            List<AccountRow> removed = List.of(new AccountRow.GroupRow(was));
            SnapshotUsers.anOwnerStays(now, now.with(members, removed));
            return new AccountBook.Outcome<>(members, removed, true);
        });
    }

    private static Group require(Snapshot now, String name) throws SoleraException {
        return now.group(name)
                .map(AccountRow.GroupRow::group)
                .orElseThrow(() -> new SoleraException(
                        PlatformError.NOT_FOUND,
                        "There is no group '%s'.".formatted(name),
                        "Look at the list of groups.",
                        null));
    }

    private static AccountRow.UserRow without(AccountRow.UserRow row, String group) {
        User user = row.user();
        Set<String> left = new HashSet<>(user.groups());
        left.remove(group);
        return UserRows.user(
                row,
                new User(
                        user.name(),
                        user.displayName(),
                        user.email(),
                        user.source(),
                        user.enabled(),
                        left,
                        user.grants(),
                        user.secondFactor(),
                        user.mustChangePassword(),
                        user.createdAt(),
                        user.lastSignInAt(),
                        user.version() + 1));
    }
}
