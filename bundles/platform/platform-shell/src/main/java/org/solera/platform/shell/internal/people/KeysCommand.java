// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.shell.internal.people;

import java.io.PrintStream;
import java.util.List;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.support.table.ShellTable;
import org.solera.platform.api.SoleraException;
import org.solera.platform.api.access.KeyAdmin;
import org.solera.platform.api.access.KeyView;
import org.solera.platform.shell.internal.PlatformCommand;

/** Command {@code users:keys}. */
@Service
@Command(scope = "users", name = "keys", description = "Lists the access keys of a person")
public final class KeysCommand extends PlatformCommand {
    @Argument(index = 0, name = "name", description = "Login name", required = true)
    String name = "";

    @Override
    protected void run(PrintStream out) throws SoleraException {
        List<KeyView> keys = ask(KeyAdmin.class, known -> known.of(name));
        ShellTable table = new ShellTable();
        table.column("Id");
        table.column("Title");
        table.column("Grants");
        table.column("Enabled");
        table.column("Created (UTC)");
        table.column("Expires (UTC)");
        table.emptyTableText("No access keys");
        for (KeyView each : keys) {
            table.addRow()
                    .addContent(
                            each.id(),
                            each.title(),
                            each.grants().isEmpty() ? "all" : Texts.join(each.grants()),
                            each.enabled() ? "yes" : "no",
                            each.createdAt(),
                            each.expiresAt() == null ? "never" : each.expiresAt());
        }
        table.print(out);
    }
}
