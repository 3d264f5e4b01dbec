// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.shell.internal.system;

import java.io.PrintStream;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.support.table.ShellTable;
import org.solera.platform.api.SoleraException;
import org.solera.platform.api.settings.SettingField;
import org.solera.platform.api.settings.Settings;
import org.solera.platform.shell.internal.PlatformCommand;

/** Command {@code settings:get}. */
@Service
@Command(scope = "settings", name = "get", description = "Shows the settings of a group; secrets stay hidden")
public final class SettingsGetCommand extends PlatformCommand {
    @Argument(index = 0, name = "id", description = "Id of the group", required = true)
    String id = "";

    @Override
    protected void run(PrintStream out) throws SoleraException {
        Settings.State state = ask(Settings.class, settings -> Sections.require(settings, id));
        ShellTable table = new ShellTable();
        table.column("Key");
        table.column("Value");
        table.column("By hand");
        table.column("Default");
        table.column("What");
        for (SettingField each : state.section().fields()) {
            table.addRow()
                    .addContent(
                            each.key(),
                            Sections.text(state.values().get(each.key())),
                            state.changed().contains(each.key()) ? "yes" : "",
                            each.otherwise(),
                            each.title());
        }
        table.print(out);
    }
}
