// SPDX-License-Identifier: Apache-2.0
package org.solera.storage.shell.internal;

import org.apache.karaf.shell.api.action.Action;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.api.console.Session;
import org.apache.karaf.shell.support.table.ShellTable;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.BundleContext;
import org.solera.platform.api.SoleraException;
import org.solera.storage.api.ObjectStore;
import org.solera.storage.api.StoreUsage;

/** Lists the drives. */
@Service
@Command(scope = "storage", name = "drives", description = "Lists the drives")
public final class DrivesCommand implements Action {
    @Reference
    private @Nullable BundleContext context;

    @Reference
    private @Nullable Session session;

    @Override
    public @Nullable Object execute() throws SoleraException, InterruptedException {
        ShellTable table = new ShellTable();
        table.column("Drive");
        table.column("Path");
        table.column("State");
        table.column("Size");
        table.column("Free");
        for (StoreUsage.Drive drive : Stores.call(context, ObjectStore::usage).drives()) {
            table.addRow()
                    .addContent(
                            drive.name(),
                            drive.path(),
                            drive.online() ? "online" : "offline",
                            Sizes.text(drive.totalBytes()),
                            Sizes.text(drive.freeBytes()));
        }
        if (session != null) {
            table.print(session.getConsole());
        }
        return null;
    }
}
