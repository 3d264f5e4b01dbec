// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.security.internal;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.solera.platform.api.access.AccountRow;
import org.solera.platform.security.internal.LocalCopy.RowId;

/** Everybody now, and which rows the database has yet to take. Thread-safe; nothing here waits for a disk. */
final class BookState {
    private volatile Snapshot snapshot; // replaced as a whole, written under this
    private final Set<RowId> later; // guarded by this

    BookState(Collection<AccountRow> rows, Set<RowId> later) {
        this.snapshot = Snapshot.of(rows);
        this.later = new HashSet<>(later);
    }

    Snapshot snapshot() {
        return snapshot;
    }

    /** Takes a change that the database has. */
    synchronized void take(List<? extends AccountRow> put, List<? extends AccountRow> removed) {
        List<AccountRow> merged = new ArrayList<>();
        for (AccountRow row : put) {
            AccountRow both = LaterFields.merge(row, snapshot.current(row));
            merged.add(both);
            if (both.equals(row)) {
                later.remove(RowId.of(row));
            } else {
                later.add(RowId.of(row));
            }
        }
        removed.forEach(row -> later.remove(RowId.of(row)));
        snapshot = snapshot.with(merged, removed);
    }

    /** Takes a note that the database gets later; {@return whether there was one} */
    synchronized boolean note(Function<Snapshot, @Nullable AccountRow> step) {
        AccountRow next = step.apply(snapshot);
        if (next == null) {
            return false;
        }
        snapshot = snapshot.with(List.of(next), List.of());
        later.add(RowId.of(next));
        return true;
    }

    /** Takes what the database says; notes that it does not have stay. */
    synchronized void adopt(List<AccountRow> rows) {
        Snapshot loaded = Snapshot.of(rows);
        List<AccountRow> noted = LaterFields.adopted(loaded, pending());
        later.clear();
        noted.forEach(row -> later.add(RowId.of(row)));
        snapshot = loaded.with(noted, List.of());
    }

    /** {@return the rows that the database has yet to take} */
    synchronized List<AccountRow> pending() {
        return later.isEmpty()
                ? List.of()
                : snapshot.rows().stream()
                        .filter(row -> later.contains(RowId.of(row)))
                        .toList();
    }

    /** The database has these; those that changed since stay pending. */
    synchronized void stored(List<AccountRow> rows) {
        rows.stream().filter(row -> row.equals(snapshot.current(row))).forEach(row -> later.remove(RowId.of(row)));
    }

    /** Forgets what the database has yet to take. */
    synchronized void forgetPending() {
        later.clear();
    }

    /** {@return what the local copy holds} */
    synchronized LocalCopy.Content content() {
        return new LocalCopy.Content(snapshot.rows(), Set.copyOf(later));
    }
}
