// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.shell.internal;

import java.io.PrintStream;
import java.util.Locale;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.support.table.ShellTable;
import org.solera.platform.api.HealthTree;
import org.solera.platform.api.SoleraException;

/** Command {@code platform:health}. */
@Service
@Command(scope = "platform", name = "health", description = "Shows how each part of the appliance is, worst first")
public final class HealthCommand extends PlatformCommand {
    @Override
    protected void run(PrintStream out) throws SoleraException {
        ShellTable table = new ShellTable();
        table.column("Part");
        table.column("Status");
        table.column("Bundle");
        table.column("Why");
        table.column("Next");
        boolean ready = ask(HealthTree.class, health -> {
            for (HealthTree.Entry entry : health.entries()) {
                table.addRow()
                        .addContent(
                                entry.name(),
                                entry.report().status().name().toLowerCase(Locale.ROOT),
                                nameOf(entry.bundleId()),
                                entry.report().detail(),
                                entry.report().nextAction());
            }
            return health.ready();
        });
        table.print(out);
        out.println(ready ? "The appliance is ready." : "The appliance is not ready.");
    }
}
