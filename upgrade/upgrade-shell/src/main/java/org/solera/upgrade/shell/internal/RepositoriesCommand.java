// SPDX-License-Identifier: Apache-2.0
package org.solera.upgrade.shell.internal;

import org.apache.karaf.shell.api.action.Action;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.jspecify.annotations.Nullable;
import org.solera.upgrade.api.FeatureLedger;

/** {@code upgrade:repositories}: where features may come from. */
@Service
@Command(scope = "upgrade", name = "repositories", description = "Lists the feature repositories of the record")
@SuppressWarnings("NullAway.Init") // the shell fills the fields
public final class RepositoriesCommand implements Action {
    @Reference
    private FeatureLedger ledger;

    @Override
    public @Nullable Object execute() {
        ledger.repositories().forEach(System.out::println);
        return null;
    }
}
