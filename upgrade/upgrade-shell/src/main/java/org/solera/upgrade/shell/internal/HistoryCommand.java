// SPDX-License-Identifier: Apache-2.0
package org.solera.upgrade.shell.internal;

import org.apache.karaf.shell.api.action.Action;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.support.table.ShellTable;
import org.jspecify.annotations.Nullable;
import org.solera.upgrade.api.SwapRecord;
import org.solera.upgrade.api.SwapService;

/** {@code upgrade:history}: past swaps, newest first. */
@Service
@Command(scope = "upgrade", name = "history", description = "Lists past swaps, newest first")
@SuppressWarnings("NullAway.Init") // the shell fills the fields
public final class HistoryCommand implements Action {
    @Reference
    private SwapService swaps;

    @Override
    public @Nullable Object execute() {
        ShellTable table = new ShellTable();
        table.column("swap");
        table.column("started");
        table.column("bundle");
        table.column("from");
        table.column("to");
        table.column("phase");
        table.column("failure");
        for (SwapRecord swap : swaps.history()) {
            table.addRow()
                    .addContent(
                            swap.id(),
                            swap.started(),
                            swap.bundle(),
                            swap.fromVersion(),
                            swap.toVersion(),
                            swap.phase(),
                            swap.failure());
        }
        table.emptyTableText("No bundle was swapped yet.");
        table.print(System.out);
        return null;
    }
}
