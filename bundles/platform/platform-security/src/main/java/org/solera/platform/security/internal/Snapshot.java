// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.security.internal;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.solera.platform.api.Grant;
import org.solera.platform.api.Identity;
import org.solera.platform.api.Role;
import org.solera.platform.api.access.AccountRow;

/** Everybody at one moment. Immutable, but for what it remembers of its own answers; thread-safe. */
final class Snapshot {
    static final Snapshot EMPTY = new Snapshot(Map.of(), Map.of(), Map.of(), Map.of(), Map.of());

    private final Map<String, AccountRow.UserRow> users;
    private final Map<String, AccountRow.GroupRow> groups;
    private final Map<String, AccountRow.TokenRow> tokens;
    private final Map<String, AccountRow.TokenRow> tokensByHash;
    private final Map<String, AccountRow.KeyRow> keys;
    private final Map<String, Set<Grant>> effective = new ConcurrentHashMap<>(); // one for each enabled user at most

    private Snapshot(
            Map<String, AccountRow.UserRow> users,
            Map<String, AccountRow.GroupRow> groups,
            Map<String, AccountRow.TokenRow> tokens,
            Map<String, AccountRow.TokenRow> tokensByHash,
            Map<String, AccountRow.KeyRow> keys) {
        this.users = users;
        this.groups = groups;
        this.tokens = tokens;
        this.tokensByHash = tokensByHash;
        this.keys = keys;
    }

    static Snapshot of(Collection<? extends AccountRow> rows) {
        return EMPTY.with(rows, List.of());
    }

    /** {@return the moment after these rows were put and those removed; sessions are passed over} */
    Snapshot with(Collection<? extends AccountRow> put, Collection<? extends AccountRow> removed) {
        Map<String, AccountRow.TokenRow> nextTokens = merged(AccountRow.TokenRow.class, tokens, put, removed);
        return new Snapshot(
                merged(AccountRow.UserRow.class, users, put, removed),
                merged(AccountRow.GroupRow.class, groups, put, removed),
                nextTokens,
                nextTokens == tokens ? tokensByHash : byHash(nextTokens.values()),
                merged(AccountRow.KeyRow.class, keys, put, removed));
    }

    private static <R extends AccountRow> Map<String, R> merged(
            Class<R> kind,
            Map<String, R> now,
            Collection<? extends AccountRow> put,
            Collection<? extends AccountRow> removed) {
        if (put.stream().noneMatch(kind::isInstance) && removed.stream().noneMatch(kind::isInstance)) {
            return now;
        }
        Map<String, R> next = new HashMap<>(now);
        removed.stream().filter(kind::isInstance).forEach(row -> next.remove(row.key()));
        put.stream().filter(kind::isInstance).map(kind::cast).forEach(row -> next.put(row.key(), row));
        return next;
    }

    private static Map<String, AccountRow.TokenRow> byHash(Collection<AccountRow.TokenRow> tokens) {
        Map<String, AccountRow.TokenRow> found = new HashMap<>();
        tokens.forEach(each -> found.put(each.hash(), each));
        return found;
    }

    Collection<AccountRow.UserRow> users() {
        return users.values();
    }

    Optional<AccountRow.UserRow> user(String name) {
        return Optional.ofNullable(users.get(name));
    }

    Collection<AccountRow.GroupRow> groups() {
        return groups.values();
    }

    Optional<AccountRow.GroupRow> group(String name) {
        return Optional.ofNullable(groups.get(name));
    }

    Collection<AccountRow.TokenRow> tokens() {
        return tokens.values();
    }

    Optional<AccountRow.TokenRow> token(String id) {
        return Optional.ofNullable(tokens.get(id));
    }

    Optional<AccountRow.TokenRow> tokenByHash(String hash) {
        return Optional.ofNullable(tokensByHash.get(hash));
    }

    Collection<AccountRow.KeyRow> keys() {
        return keys.values();
    }

    Optional<AccountRow.KeyRow> key(String id) {
        return Optional.ofNullable(keys.get(id));
    }

    /** {@return the row of the same kind and key as it is now, if there is one} */
    @Nullable
    AccountRow current(AccountRow row) {
        if (row instanceof AccountRow.UserRow) {
            return users.get(row.key());
        }
        if (row instanceof AccountRow.GroupRow) {
            return groups.get(row.key());
        }
        if (row instanceof AccountRow.TokenRow) {
            return tokens.get(row.key());
        }
        return row instanceof AccountRow.KeyRow ? keys.get(row.key()) : null;
    }

    /** {@return every row} */
    List<AccountRow> rows() {
        List<AccountRow> rows = new ArrayList<>(users.size() + groups.size() + tokens.size() + keys.size());
        rows.addAll(users.values());
        rows.addAll(groups.values());
        rows.addAll(tokens.values());
        rows.addAll(keys.values());
        return rows;
    }

    /** {@return what the user may do, with the grants of its groups; empty if it does not exist or is disabled} */
    Set<Grant> effectiveGrants(String name) {
        Set<Grant> known = effective.get(name);
        if (known != null) {
            return known;
        }
        AccountRow.UserRow row = users.get(name);
        if (row == null || !row.user().enabled()) {
            return Set.of();
        }
        Set<Grant> grants = new HashSet<>(row.user().grants());
        row.user()
                .groups()
                .forEach(group -> group(group)
                        .ifPresent(each -> grants.addAll(each.group().grants())));
        Set<Grant> all = Set.copyOf(grants);
        effective.put(name, all);
        return all;
    }

    Identity identity(String name) {
        return new Identity(name, effectiveGrants(name));
    }

    /** {@return how many enabled users may do everything} */
    long owners() {
        return users.keySet().stream()
                .filter(name -> effectiveGrants(name).contains(Grant.everywhere(Role.OWNER)))
                .count();
    }
}
