// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.shell.internal;

import java.io.PrintStream;
import java.util.Set;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.support.table.ShellTable;
import org.osgi.framework.Bundle;
import org.solera.platform.api.OwnerRegistry;
import org.solera.platform.api.SoleraException;

/** Command {@code platform:owners}. */
@Service
@Command(
        scope = "platform",
        name = "owners",
        description = "Shows what can be owned by one bundle only, its owner and those in standby")
public final class OwnersCommand extends PlatformCommand {
    @Override
    protected void run(PrintStream out) throws SoleraException {
        ShellTable table = new ShellTable();
        table.column("Resource");
        table.column("Bundle");
        table.column("Role");
        table.emptyTableText("Nothing is owned.");
        ShellTable filled = ask(OwnerRegistry.class, owners -> {
            for (Bundle bundle : bundles()) {
                Set<String> resources = owners.resourcesOf(bundle.getBundleId());
                for (String resource : resources) {
                    boolean owner = owners.ownerOf(resource)
                            .filter(id -> id == bundle.getBundleId())
                            .isPresent();
                    table.addRow().addContent(resource, nameOf(bundle.getBundleId()), owner ? "owner" : "standby");
                }
            }
            return table;
        });
        filled.print(out);
    }
}
