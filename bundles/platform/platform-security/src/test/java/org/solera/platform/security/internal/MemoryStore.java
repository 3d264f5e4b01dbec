// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.security.internal;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.solera.platform.api.PlatformError;
import org.solera.platform.api.SoleraException;
import org.solera.platform.api.access.AccountRow;
import org.solera.platform.api.access.AccountStore;

/** A database that can be away, and be cut right after a commit. Thread-safe. */
final class MemoryStore implements AccountStore {
    /** The process ended. */
    static final class Killed extends RuntimeException {
        private static final long serialVersionUID = 1;
    }

    private final Map<String, AccountRow> rows = new HashMap<>();
    volatile boolean away;
    volatile boolean killsAfterCommit;
    private int commits;

    @Override
    public synchronized List<AccountRow> load() throws SoleraException {
        refuseWhenAway();
        return new ArrayList<>(rows.values());
    }

    @Override
    public synchronized void commit(List<? extends AccountRow> put, List<? extends AccountRow> removed)
            throws SoleraException {
        refuseWhenAway();
        removed.forEach(row -> rows.remove(id(row)));
        put.forEach(row -> rows.put(id(row), row));
        commits++;
        if (killsAfterCommit) {
            throw new Killed();
        }
    }

    private void refuseWhenAway() throws SoleraException {
        if (away) {
            throw new SoleraException(PlatformError.BUSY, "The database is away.", "Wait.", null);
        }
    }

    private static String id(AccountRow row) {
        return row.getClass().getSimpleName() + " " + row.key();
    }

    synchronized int commits() {
        return commits;
    }

    synchronized <R extends AccountRow> List<R> rows(Class<R> kind) {
        return rows.values().stream().filter(kind::isInstance).map(kind::cast).toList();
    }

    /** A copy of all rows, as a backup has them. */
    synchronized MemoryStore copy() {
        MemoryStore copy = new MemoryStore();
        copy.rows.putAll(rows);
        return copy;
    }
}
