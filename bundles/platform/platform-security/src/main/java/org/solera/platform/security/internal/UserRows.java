// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.security.internal;

import java.util.Set;
import org.solera.platform.api.access.AccountRow;
import org.solera.platform.api.access.User;

/** Makes changed copies of rows of users. */
final class UserRows {
    private UserRows() {}

    static AccountRow.UserRow user(AccountRow.UserRow row, User user) {
        return new AccountRow.UserRow(
                user,
                row.subject(),
                row.password(),
                row.secondFactor(),
                row.pendingSecondFactor(),
                row.lastCode(),
                row.recovery());
    }

    static AccountRow.UserRow password(AccountRow.UserRow row, User user, String password) {
        return new AccountRow.UserRow(
                user,
                row.subject(),
                password,
                row.secondFactor(),
                row.pendingSecondFactor(),
                row.lastCode(),
                row.recovery());
    }

    static AccountRow.UserRow factor(
            AccountRow.UserRow row, User user, String factor, String pending, long lastCode, Set<String> recovery) {
        return new AccountRow.UserRow(user, row.subject(), row.password(), factor, pending, lastCode, recovery);
    }

    /** {@return the next version of the user with these values} */
    static User next(User user, boolean enabled, boolean secondFactor, boolean mustChangePassword) {
        return new User(
                user.name(),
                user.displayName(),
                user.email(),
                user.source(),
                enabled,
                user.groups(),
                user.grants(),
                secondFactor,
                mustChangePassword,
                user.createdAt(),
                user.lastSignInAt(),
                user.version() + 1);
    }
}
