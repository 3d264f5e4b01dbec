// SPDX-License-Identifier: Apache-2.0
package org.solera.storage.shell.internal;

import org.apache.karaf.shell.api.action.Action;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.api.console.Session;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.BundleContext;
import org.solera.platform.api.SoleraException;
import org.solera.storage.api.ObjectStore;
import org.solera.storage.api.StoreUsage;

/** Shows how full the store is. */
@Service
@Command(scope = "storage", name = "usage", description = "Shows how full the store is")
public final class UsageCommand implements Action {
    @Reference
    private @Nullable BundleContext context;

    @Reference
    private @Nullable Session session;

    @Override
    public @Nullable Object execute() throws SoleraException, InterruptedException {
        StoreUsage usage = Stores.call(context, ObjectStore::usage);
        if (session != null) {
            session.getConsole()
                    .printf(
                            "%d objects, %s, %d copies of each on %d drives%n",
                            usage.objects(),
                            Sizes.text(usage.bytes()),
                            usage.copies(),
                            usage.drives().size());
        }
        return null;
    }
}
