// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.security.internal;

import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.solera.platform.api.Accounts;
import org.solera.platform.api.Grant;
import org.solera.platform.api.SoleraException;
import org.solera.platform.api.access.AccountRow;
import org.solera.platform.api.access.Group;
import org.solera.platform.api.access.User;
import org.solera.platform.api.access.Users;

/** The people of the {@link AccountBook}, as administrators and people themselves change them. */
@Component(service = {Users.class, Accounts.class})
public final class SnapshotUsers implements Users, Accounts {
    private static final Logger log = LoggerFactory.getLogger(SnapshotUsers.class);

    private final AccountBook book;
    private final PasswordCheck passwords;
    private final SecondFactors factors;
    private final SessionTable sessions;
    private final GroupChanges groups;
    private final Clock clock;
    private final List<PasswordPolicy> policies = new CopyOnWriteArrayList<>();

    @Activate
    public SnapshotUsers(
            @Reference AccountBook book,
            @Reference PasswordCheck passwords,
            @Reference SecondFactors factors,
            @Reference SessionTable sessions,
            @Reference Clock clock) {
        this.book = book;
        this.passwords = passwords;
        this.factors = factors;
        this.sessions = sessions;
        this.groups = new GroupChanges(book);
        this.clock = clock;
    }

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    void bindPolicy(PasswordPolicy policy) {
        policies.add(policy);
    }

    void unbindPolicy(PasswordPolicy policy) {
        policies.remove(policy);
    }

    /** {@return the policy that came last; the default one while a change of it is being taken} */
    private PasswordPolicy policy() {
        PasswordPolicy last = PasswordPolicy.OTHERWISE;
        for (PasswordPolicy each : policies) {
            last = each;
        }
        return last;
    }

    @Override
    public List<User> users() {
        return book.snapshot().users().stream()
                .map(AccountRow.UserRow::user)
                .sorted(Comparator.comparing(User::name))
                .toList();
    }

    @Override
    public Optional<User> user(String name) {
        return book.snapshot().user(name).map(AccountRow.UserRow::user);
    }

    @Override
    public User create(User user, char[] password) throws SoleraException {
        PeopleRules.newUser(user);
        boolean local = user.source().equals(User.LOCAL);
        if (local) {
            policy().check(user.name(), password);
        } else if (password.length > 0) {
            throw Refusals.invalid("The password of a user of a directory is kept there.", "Leave it out.");
        }
        String hash = local ? passwords.hashing().of(password) : "";
        User made = new User(
                user.name(),
                user.displayName(),
                user.email(),
                user.source(),
                user.enabled(),
                user.groups(),
                user.grants(),
                false,
                local && user.mustChangePassword(),
                clock.instant().truncatedTo(ChronoUnit.MILLIS),
                null,
                1);
        return book.change(now -> {
            PeopleRules.values(made, now);
            if (now.user(made.name()).isPresent()) {
                throw Refusals.conflict(
                        "There is a user '%s' already.".formatted(made.name()), "Choose another login name.");
            }
            if (now.users().size() >= MOST_USERS) {
                throw Refusals.full("users", MOST_USERS);
            }
            return new AccountBook.Outcome<>(
                    List.of(new AccountRow.UserRow(made, "", hash, "", "", 0, Set.of())), List.of(), made);
        });
    }

    @Override
    public User update(User wanted) throws SoleraException {
        User done = book.change(now -> {
            AccountRow.UserRow row = now.user(wanted.name()).orElseThrow(() -> Refusals.noUser(wanted.name()));
            User was = row.user();
            current(wanted.version(), was.version());
            PeopleRules.values(wanted, now);
            User next = new User(
                    was.name(),
                    wanted.displayName(),
                    wanted.email(),
                    was.source(),
                    wanted.enabled(),
                    wanted.groups(),
                    wanted.grants(),
                    was.secondFactor(),
                    was.mustChangePassword(),
                    was.createdAt(),
                    was.lastSignInAt(),
                    was.version() + 1);
            AccountRow.UserRow changed = UserRows.user(row, next);
            anOwnerStays(now, now.with(List.of(changed), List.of()));
            return new AccountBook.Outcome<>(List.of(changed), List.of(), next);
        });
        if (!done.enabled()) {
            passwords.forget(done.name());
            sessions.endAll(done.name(), "");
        }
        return done;
    }

    static void current(long based, long now) throws SoleraException {
        if (based != now) {
            throw Refusals.conflict("Somebody else changed this meanwhile.", "Load it again and repeat the change.");
        }
    }

    static void anOwnerStays(Snapshot now, Snapshot next) throws SoleraException {
        if (now.owners() > 0 && next.owners() == 0) {
            throw Refusals.conflict(
                    "This would take away the last enabled owner.", "Give somebody else the role OWNER first.");
        }
    }

    @Override
    public void delete(String name, long version) throws SoleraException {
        List<AccountRow.SessionRow> ended = sessions.rowsOf(name);
        boolean unused = book.change(now -> {
            AccountRow.UserRow row = now.user(name).orElseThrow(() -> Refusals.noUser(name));
            current(version, row.user().version());
            List<AccountRow> removed = new ArrayList<>(ended);
            removed.add(row);
            now.tokens().stream()
                    .filter(each -> each.token().user().equals(name))
                    .forEach(removed::add);
            now.keys().stream().filter(each -> each.view().user().equals(name)).forEach(removed::add);
            anOwnerStays(now, now.with(List.of(), removed));
            return new AccountBook.Outcome<>(List.of(), removed, true);
        });
        passwords.forget(name);
        sessions.endAll(name, "");
        log.info("User {} was deleted.", name);
    }

    @Override
    public void setPassword(String name, char[] password, boolean mustChange, String keep) throws SoleraException {
        policy().check(name, password);
        AccountRow.UserRow known = book.snapshot().user(name).orElseThrow(() -> Refusals.noUser(name));
        if (!known.user().source().equals(User.LOCAL)) {
            throw Refusals.conflict("The password of this user is kept in a directory.", "Change it there.");
        }
        if (!mustChange
                && known.user().mustChangePassword()
                && passwords.hashing().matches(known.password(), password, () -> false)) {
            throw Refusals.invalid("This is the password that has to be changed.", "Choose another one.");
        }
        String hash = passwords.hashing().of(password);
        boolean unused = book.change(now -> {
            AccountRow.UserRow row = now.user(name).orElseThrow(() -> Refusals.noUser(name));
            User next =
                    UserRows.next(row.user(), row.user().enabled(), row.user().secondFactor(), mustChange);
            return new AccountBook.Outcome<>(List.of(UserRows.password(row, next, hash)), List.of(), true);
        });
        passwords.forget(name);
        sessions.endAll(name, keep);
        log.info("The password of {} was changed.", name);
    }

    @Override
    public void setPassword(String name, char[] password) throws SoleraException {
        setPassword(name, password, false, "");
    }

    @Override
    public boolean provesPassword(String name, char[] password, String origin) throws SoleraException {
        Optional<AccountRow.UserRow> row = passwords.check(name, password, origin);
        return row.map(each -> Objects.equals(each.user().name(), PasswordCheck.folded(name)))
                .orElse(false);
    }

    @Override
    public List<Group> groups() {
        return book.snapshot().groups().stream()
                .map(AccountRow.GroupRow::group)
                .sorted(Comparator.comparing(Group::name))
                .toList();
    }

    @Override
    public Group createGroup(Group group) throws SoleraException {
        return groups.create(group);
    }

    @Override
    public Group updateGroup(Group group) throws SoleraException {
        return groups.update(group);
    }

    @Override
    public void deleteGroup(String name, long version) throws SoleraException {
        groups.delete(name, version);
    }

    @Override
    public Set<Grant> effectiveGrants(String name) {
        return book.snapshot().effectiveGrants(name);
    }

    @Override
    public String beginSecondFactor(String name) throws SoleraException {
        return factors.begin(name);
    }

    @Override
    public List<String> confirmSecondFactor(String name, String code) throws SoleraException {
        return factors.confirm(name, code);
    }

    @Override
    public void removeSecondFactor(String name) throws SoleraException {
        factors.remove(name);
    }
}
