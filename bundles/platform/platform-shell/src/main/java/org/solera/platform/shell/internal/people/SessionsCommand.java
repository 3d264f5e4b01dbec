// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.shell.internal.people;

import java.io.PrintStream;
import java.util.List;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.support.table.ShellTable;
import org.solera.platform.api.SoleraException;
import org.solera.platform.api.access.Session;
import org.solera.platform.api.access.Sessions;
import org.solera.platform.shell.internal.PlatformCommand;

/** Command {@code users:sessions}. */
@Service
@Command(scope = "users", name = "sessions", description = "Lists the sessions of a person")
public final class SessionsCommand extends PlatformCommand {
    @Argument(index = 0, name = "name", description = "Login name", required = true)
    String name = "";

    @Override
    protected void run(PrintStream out) throws SoleraException {
        List<Session> sessions = ask(Sessions.class, known -> known.of(name));
        ShellTable table = new ShellTable();
        table.column("Id");
        table.column("From");
        table.column("Browser");
        table.column("Since (UTC)");
        table.column("Until (UTC)");
        table.emptyTableText("No sessions");
        for (Session each : sessions) {
            table.addRow().addContent(each.id(), each.origin(), each.agent(), each.since(), each.until());
        }
        table.print(out);
    }
}
