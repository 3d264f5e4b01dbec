// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.shell.internal.people;

import java.io.PrintStream;
import java.util.List;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.support.table.ShellTable;
import org.solera.platform.api.SoleraException;
import org.solera.platform.api.access.User;
import org.solera.platform.api.access.Users;
import org.solera.platform.shell.internal.PlatformCommand;

/** Command {@code users:list}. */
@Service
@Command(scope = "users", name = "list", description = "Lists the people of the appliance")
public final class UsersListCommand extends PlatformCommand {
    @Override
    protected void run(PrintStream out) throws SoleraException {
        List<User> users = ask(Users.class, Users::users);
        ShellTable table = new ShellTable();
        table.column("Name");
        table.column("Display name");
        table.column("Source");
        table.column("Enabled");
        table.column("Groups");
        table.column("Grants");
        table.column("Second factor");
        table.column("Last sign-in (UTC)");
        for (User each : users) {
            table.addRow()
                    .addContent(
                            each.name(),
                            each.displayName(),
                            each.source(),
                            each.enabled() ? "yes" : "no",
                            Texts.join(each.groups()),
                            Texts.join(each.grants()),
                            each.secondFactor() ? "yes" : "no",
                            Texts.orDash(each.lastSignInAt()));
        }
        table.print(out);
    }
}
