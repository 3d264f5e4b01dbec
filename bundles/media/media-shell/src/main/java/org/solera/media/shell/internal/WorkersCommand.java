// SPDX-License-Identifier: Apache-2.0
package org.solera.media.shell.internal;

import java.util.List;
import org.apache.karaf.shell.api.action.Action;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.api.console.Session;
import org.apache.karaf.shell.support.table.ShellTable;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.BundleContext;
import org.solera.platform.api.SoleraException;
import org.solera.platform.api.Workers;
import org.solera.platform.api.Workers.PoolStatus;

/** Shows the pools of worker processes. */
@Service
@Command(scope = "media", name = "workers", description = "Shows the pools of worker processes")
public final class WorkersCommand implements Action {
    @Reference
    private @Nullable BundleContext context;

    @Reference
    private @Nullable Session session;

    @Override
    public @Nullable Object execute() throws SoleraException, InterruptedException {
        List<PoolStatus> pools = Services.call(context, Workers.class, Workers::status);
        ShellTable table = new ShellTable();
        table.column("Pool");
        table.column("Running");
        table.column("Busy");
        table.column("Waiting");
        table.column("Restarts");
        table.column("Jailed");
        table.emptyTableText("No pools");
        pools.forEach(pool -> table.addRow()
                .addContent(pool.name(), pool.running(), pool.busy(), pool.waiting(), pool.restarts(), pool.jailed()));
        if (session != null) {
            table.print(session.getConsole());
        }
        return null;
    }
}
