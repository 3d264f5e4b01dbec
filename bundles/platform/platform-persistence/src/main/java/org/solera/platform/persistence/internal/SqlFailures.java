// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.persistence.internal;

import java.io.IOException;
import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.sql.SQLRecoverableException;
import java.sql.SQLTransientConnectionException;
import java.util.Set;
import java.util.regex.Pattern;
import javax.persistence.OptimisticLockException;
import javax.persistence.PersistenceException;
import org.hibernate.StaleStateException;
import org.hibernate.TransactionException;
import org.jspecify.annotations.Nullable;
import org.solera.platform.api.PlatformError;
import org.solera.platform.api.SoleraException;

/** Turns what the database says into what callers understand. The one place that knows states of SQL. */
final class SqlFailures {
    static final String TRY_AGAIN = "Try again in a moment. If it stays, see the check platform.persistence.";
    private static final Set<String> CANCELLED = Set.of("57014", "XCL52", "55P03", "40XL1", "40XL2");

    private static final Pattern NO_ROOM = Pattern.compile("space left|file too large|quota", Pattern.CASE_INSENSITIVE);

    private SqlFailures() {}

    /** {@return the failure for the caller, or null if the work itself threw it and it has nothing to do with the database} */
    static @Nullable SoleraException of(Throwable failure) {
        SQLException sql = find(failure, SQLException.class);
        if (sql != null && waited(String.valueOf(sql.getSQLState()))) {
            return of(sql, failure); // the layer above calls some of these a conflict of versions
        }
        if (find(failure, OptimisticLockException.class) != null || find(failure, StaleStateException.class) != null) {
            return of(PlatformError.CONFLICT, "Somebody else has changed this.", "Look at it again.", failure);
        }
        if (sql != null) {
            return of(sql, failure);
        }
        TransactionException ended = find(failure, TransactionException.class);
        if (ended != null && String.valueOf(ended.getMessage()).contains("timeout")) {
            return tooSlow(failure);
        }
        return failure instanceof PersistenceException
                ? of(PlatformError.INTERNAL, "The database layer failed.", "", failure)
                : null;
    }

    static SoleraException ofSql(SQLException failure) {
        return of(failure, failure);
    }

    /** {@return whether it may pass by itself} */
    static boolean isBusy(Throwable failure) {
        SoleraException mapped = of(failure);
        return mapped != null && mapped.code() == PlatformError.BUSY;
    }

    private static SoleraException of(SQLException sql, Throwable failure) {
        String state = String.valueOf(sql.getSQLState());
        if (state.startsWith("23")) {
            return of(PlatformError.CONFLICT, "Somebody else has changed this.", "Look at it again.", failure);
        }
        if (CANCELLED.contains(state)) {
            return tooSlow(failure);
        }
        if (state.startsWith("40")) {
            return of(PlatformError.BUSY, "Two changes got in each other's way.", TRY_AGAIN, failure);
        }
        if (state.startsWith("22")) {
            return of(
                    PlatformError.INVALID_REQUEST, "A value is too long or of the wrong kind.", "Change it.", failure);
        }
        if (full(state, failure)) {
            return of(
                    PlatformError.BUSY,
                    "The database cannot write; its disk may be full.",
                    "Make room where the database is.",
                    failure);
        }
        if (away(sql, state)) {
            return of(PlatformError.BUSY, "The database is away.", TRY_AGAIN, failure);
        }
        return of(PlatformError.INTERNAL, "The database refused a statement.", "", failure);
    }

    private static boolean waited(String state) {
        return CANCELLED.contains(state) || state.startsWith("40");
    }

    private static boolean full(String state, Throwable failure) {
        IOException io = find(failure, IOException.class);
        return state.startsWith("53") // PostgreSQL: insufficient resources
                || state.startsWith("XSD")
                || state.startsWith("XSL") // Derby: pages and log
                || (io != null
                        && NO_ROOM.matcher(String.valueOf(io.getMessage())).find());
    }

    private static boolean away(SQLException sql, String state) {
        return state.startsWith("08")
                || state.startsWith("57P")
                || state.startsWith("28") // login refused: the settings are wrong, and a person can mend them
                || state.startsWith("3D")
                || state.startsWith("XJ") // Derby: not booted
                || state.startsWith("XBM")
                || sql instanceof SQLTransientConnectionException
                || sql instanceof SQLNonTransientConnectionException
                || sql instanceof SQLRecoverableException;
    }

    static SoleraException tooSlow(@Nullable Throwable failure) {
        return of(PlatformError.BUSY, "The database did not answer in time.", TRY_AGAIN, failure);
    }

    static SoleraException of(PlatformError code, String message, String nextAction, @Nullable Throwable cause) {
        return new SoleraException(code, message, nextAction, cause);
    }

    private static <T extends Throwable> @Nullable T find(Throwable failure, Class<T> type) {
        Throwable each = failure;
        for (int depth = 0; each != null && depth < 20; depth++) {
            if (type.isInstance(each)) {
                return type.cast(each);
            }
            each = each.getCause();
        }
        return null;
    }
}
