// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.shell.internal;

import java.io.PrintStream;
import java.util.List;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.support.table.ShellTable;
import org.solera.platform.api.SoleraException;
import org.solera.platform.api.spi.Drainable;

/** Command {@code platform:drain}. */
@Service
@Command(
        scope = "platform",
        name = "drain",
        description = "Shows the work under way that a bundle would finish before it is replaced")
public final class DrainCommand extends PlatformCommand {
    private record Work(String name, long bundleId, int inFlight) {}

    @Override
    protected void run(PrintStream out) throws SoleraException {
        ShellTable table = new ShellTable();
        table.column("What drains");
        table.column("Bundle");
        table.column("In flight").alignRight();
        List<Work> work = askAll(
                Drainable.class,
                given -> new Work(
                        given.service().name(),
                        given.bundleId(),
                        given.service().inFlight()));
        for (Work each : work) {
            table.addRow().addContent(each.name(), nameOf(each.bundleId()), each.inFlight());
        }
        table.print(out);
    }
}
