// SPDX-License-Identifier: Apache-2.0
package org.solera.upgrade.shell.internal;

import org.apache.karaf.shell.api.action.Action;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.support.table.ShellTable;
import org.jspecify.annotations.Nullable;
import org.solera.upgrade.api.FeatureLedger;

/** {@code upgrade:installed}: what is installed, in which version and why. */
@Service
@Command(scope = "upgrade", name = "installed", description = "Lists what is installed, in which version and why")
@SuppressWarnings("NullAway.Init") // the shell fills the fields
public final class InstalledCommand implements Action {
    @Reference
    private FeatureLedger ledger;

    @Override
    public @Nullable Object execute() {
        ShellTable table = new ShellTable();
        table.column("feature");
        table.column("version");
        table.column("reason");
        table.column("repository");
        for (FeatureLedger.Installed feature : ledger.installed()) {
            table.addRow().addContent(feature.name(), feature.version(), feature.reason(), feature.repository());
        }
        table.print(System.out);
        return null;
    }
}
