// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.shell.internal.system;

import java.io.PrintStream;
import java.util.List;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.support.table.ShellTable;
import org.solera.platform.api.SoleraException;
import org.solera.platform.api.backup.Backups;
import org.solera.platform.shell.internal.PlatformCommand;

/** Command {@code backup:list}. */
@Service
@Command(scope = "backup", name = "list", description = "Lists the archives of the control plane on this box")
public final class BackupListCommand extends PlatformCommand {
    @Override
    protected void run(PrintStream out) throws SoleraException {
        List<Backups.Archive> archives = ask(Backups.class, Backups::archives);
        ShellTable table = new ShellTable();
        table.column("Name");
        table.column("Made (UTC)");
        table.column("Bytes").alignRight();
        table.column("Parts");
        table.column("Version");
        table.emptyTableText("No archives");
        for (Backups.Archive each : archives) {
            table.addRow()
                    .addContent(
                            each.name(),
                            each.createdAt(),
                            each.bytes(),
                            String.join(", ", each.parts()),
                            each.version());
        }
        table.print(out);
    }
}
