// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.security.internal;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.solera.platform.api.access.AccountRow;
import org.solera.platform.api.access.Token;
import org.solera.platform.api.access.User;

/**
 * Merges what sign-ins note in passing (codes used up, times of last use) into a row that a change made meanwhile, so that
 * neither is lost. A code or a recovery code that was used up never comes back.
 */
final class LaterFields {
    private LaterFields() {}

    /**
     * Merges.
     *
     * @param changed the row as a change wants it
     * @param noted the row as sign-ins left it; null if there is none
     */
    static AccountRow merge(AccountRow changed, @Nullable AccountRow noted) {
        if (changed instanceof AccountRow.UserRow mine && noted instanceof AccountRow.UserRow other) {
            return users(mine, other);
        }
        if (changed instanceof AccountRow.TokenRow mine && noted instanceof AccountRow.TokenRow other) {
            return new AccountRow.TokenRow(
                    used(
                            mine.token(),
                            later(mine.token().lastUsedAt(), other.token().lastUsedAt())),
                    mine.hash());
        }
        return changed;
    }

    /**
     * Merges rows that the database has yet to take into what it says.
     *
     * @param loaded what the database says
     * @param mine rows with notes; one of the version that the database has holds all that it says, and more
     * @return the rows that differ from what the database says
     */
    static List<AccountRow> adopted(Snapshot loaded, List<AccountRow> mine) {
        List<AccountRow> noted = new ArrayList<>();
        for (AccountRow each : mine) {
            AccountRow theirs = loaded.current(each);
            if (theirs != null) {
                noted.add(sameVersion(each, theirs) ? each : merge(theirs, each));
            }
        }
        return noted;
    }

    private static boolean sameVersion(AccountRow mine, AccountRow theirs) {
        return mine instanceof AccountRow.UserRow one
                && theirs instanceof AccountRow.UserRow other
                && one.user().version() == other.user().version()
                && one.user().createdAt().equals(other.user().createdAt());
    }

    private static AccountRow users(AccountRow.UserRow changed, AccountRow.UserRow noted) {
        Set<String> recovery = new HashSet<>(changed.recovery());
        long lastCode = changed.lastCode();
        if (changed.secondFactor().equals(noted.secondFactor())) {
            recovery.retainAll(noted.recovery());
            lastCode = Math.max(lastCode, noted.lastCode());
        }
        User user = signedIn(
                changed.user(),
                later(changed.user().lastSignInAt(), noted.user().lastSignInAt()));
        return new AccountRow.UserRow(
                user,
                changed.subject(),
                changed.password(),
                changed.secondFactor(),
                changed.pendingSecondFactor(),
                lastCode,
                recovery);
    }

    private static @Nullable Instant later(@Nullable Instant one, @Nullable Instant other) {
        if (one == null || other == null) {
            return one == null ? other : one;
        }
        return one.isAfter(other) ? one : other;
    }

    /** {@return the user with another time of its last sign-in} */
    static User signedIn(User user, @Nullable Instant at) {
        return new User(
                user.name(),
                user.displayName(),
                user.email(),
                user.source(),
                user.enabled(),
                user.groups(),
                user.grants(),
                user.secondFactor(),
                user.mustChangePassword(),
                user.createdAt(),
                at,
                user.version());
    }

    /** {@return the token with another time of its last use} */
    static Token used(Token token, @Nullable Instant at) {
        return new Token(
                token.id(),
                token.user(),
                token.title(),
                token.grants(),
                token.readOnly(),
                token.createdAt(),
                token.expiresAt(),
                at);
    }
}
