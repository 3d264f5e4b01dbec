// SPDX-License-Identifier: Apache-2.0
package org.solera.storage.shell.internal;

import org.apache.karaf.shell.api.action.Action;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.api.console.Session;
import org.apache.karaf.shell.support.table.ShellTable;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.BundleContext;
import org.solera.platform.api.SoleraException;
import org.solera.storage.api.BucketName;
import org.solera.storage.api.ListQuery;
import org.solera.storage.api.Listing;
import org.solera.storage.api.StoredObject;

/** Lists a page of the objects of a bucket. */
@Service
@Command(scope = "storage", name = "ls", description = "Lists objects of a bucket")
public final class ListCommand implements Action {
    private static final int PAGE = 1000;

    @Reference
    private @Nullable BundleContext context;

    @Reference
    private @Nullable Session session;

    @Argument(index = 0, name = "bucket", description = "The bucket", required = true)
    private String bucket = "";

    @Argument(index = 1, name = "prefix", description = "Only keys that begin with this")
    private String prefix = "";

    @Option(name = "--after", description = "Only keys behind this one")
    private String after = "";

    @Option(name = "--limit", description = "Most entries, 1 to 1,000")
    private int limit = 100;

    @Override
    public @Nullable Object execute() throws SoleraException, InterruptedException {
        BucketName name = BucketName.parse(bucket);
        ListQuery query = new ListQuery(prefix, "/", after, Math.max(1, Math.min(limit, PAGE)));
        Listing page = Stores.call(context, store -> store.list(name, query));
        ShellTable table = new ShellTable();
        table.column("Key");
        table.column("Size");
        table.column("Modified (UTC)");
        table.emptyTableText("No objects");
        for (String each : page.commonPrefixes()) {
            table.addRow().addContent(each, "", "");
        }
        for (StoredObject object : page.objects()) {
            table.addRow().addContent(object.key().key(), Sizes.text(object.sizeBytes()), object.modified());
        }
        if (session != null) {
            table.print(session.getConsole());
            if (page.truncated()) {
                session.getConsole().println("More follow: --after '" + page.next() + "'");
            }
        }
        return null;
    }
}
