// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.shell.internal;

import java.io.PrintStream;
import java.util.List;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.support.table.ShellTable;
import org.solera.platform.api.SoleraException;
import org.solera.platform.net.api.Ports;

/** Command {@code platform:ports}. */
@Service
@Command(scope = "platform", name = "ports", description = "Lists the open ports and who serves them")
public final class PortsCommand extends PlatformCommand {
    @Override
    protected void run(PrintStream out) throws SoleraException {
        ShellTable table = new ShellTable();
        table.column("Port");
        table.column("Address");
        table.column("Kind");
        table.column("TLS");
        table.column("Connections").alignRight();
        table.column("Served by");
        List<Ports.PortStatus> ports = ask(Ports.class, Ports::ports);
        for (Ports.PortStatus port : ports) {
            table.addRow()
                    .addContent(
                            port.name(),
                            port.address(),
                            port.kind(),
                            port.requireTls() ? "required" : "possible",
                            port.connections(),
                            String.join(", ", port.handlers()));
        }
        table.print(out);
    }
}
