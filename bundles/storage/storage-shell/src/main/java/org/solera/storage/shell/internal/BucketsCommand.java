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
import org.solera.storage.api.Bucket;
import org.solera.storage.api.ObjectStore;

/** Lists the buckets. */
@Service
@Command(scope = "storage", name = "buckets", description = "Lists the buckets")
public final class BucketsCommand implements Action {
    @Reference
    private @Nullable BundleContext context;

    @Reference
    private @Nullable Session session;

    @Override
    public @Nullable Object execute() throws SoleraException, InterruptedException {
        ShellTable table = new ShellTable();
        table.column("Bucket");
        table.column("Created (UTC)");
        table.column("Owner");
        table.emptyTableText("No buckets");
        for (Bucket bucket : Stores.call(context, ObjectStore::buckets)) {
            table.addRow().addContent(bucket.name(), bucket.created(), bucket.owner());
        }
        if (session != null) {
            table.print(session.getConsole());
        }
        return null;
    }
}
