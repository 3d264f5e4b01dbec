// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.shell.internal.system;

import java.io.PrintStream;
import java.util.List;
import java.util.Locale;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.support.table.ShellTable;
import org.solera.platform.api.SoleraException;
import org.solera.platform.api.operations.Operation;
import org.solera.platform.api.operations.Operations;
import org.solera.platform.shell.internal.PlatformCommand;

/** Command {@code operations:list}. */
@Service
@Command(scope = "operations", name = "list", description = "Lists long operations, newest first")
public final class OperationsListCommand extends PlatformCommand {
    @Option(name = "--all", description = "Shows those that are over, too")
    boolean all = false;

    @Option(name = "--limit", description = "Most operations")
    int limit = 50;

    @Override
    protected void run(PrintStream out) throws SoleraException {
        List<Operation> known = ask(Operations.class, Operations::operations);
        ShellTable table = new ShellTable();
        table.column("Id");
        table.column("What");
        table.column("Target");
        table.column("Who");
        table.column("State");
        table.column("Done").alignRight();
        table.column("Says");
        table.emptyTableText(all ? "No operations" : "No operation is under way; --all shows those that are over.");
        known.stream()
                .filter(each -> all || !each.state().ended())
                .limit(Math.max(1, limit))
                .forEach(each -> table.addRow()
                        .addContent(
                                each.id(),
                                each.title(),
                                each.target(),
                                each.who(),
                                each.state().name().toLowerCase(Locale.ROOT),
                                each.total() > 0 ? each.done() * 100 / each.total() + " %" : "",
                                each.waitingFor().isEmpty() ? each.message() : each.waitingFor()));
        table.print(out);
    }
}
