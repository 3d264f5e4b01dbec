// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.shell.internal.system;

import java.io.PrintStream;
import java.util.List;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.support.table.ShellTable;
import org.solera.platform.api.SoleraException;
import org.solera.platform.api.settings.Settings;
import org.solera.platform.shell.internal.PlatformCommand;

/** Command {@code settings:list}. */
@Service
@Command(scope = "settings", name = "list", description = "Lists the groups of settings")
public final class SettingsListCommand extends PlatformCommand {
    @Override
    protected void run(PrintStream out) throws SoleraException {
        List<Settings.State> sections = ask(Settings.class, Settings::sections);
        ShellTable table = new ShellTable();
        table.column("Id");
        table.column("Title");
        table.column("Set by hand");
        for (Settings.State each : sections) {
            table.addRow().addContent(each.section().id(), each.section().title(), String.join(", ", each.changed()));
        }
        table.print(out);
    }
}
