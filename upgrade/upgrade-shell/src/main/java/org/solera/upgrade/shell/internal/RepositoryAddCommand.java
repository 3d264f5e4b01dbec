// SPDX-License-Identifier: Apache-2.0
package org.solera.upgrade.shell.internal;

import org.apache.karaf.shell.api.action.Action;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.jspecify.annotations.Nullable;
import org.solera.platform.api.SoleraException;
import org.solera.upgrade.api.FeatureLedger;

/** {@code upgrade:repository-add ADDRESS}: makes the features of a repository known. */
@Service
@Command(
        scope = "upgrade",
        name = "repository-add",
        description = "Makes the features of a repository known and records it")
@SuppressWarnings("NullAway.Init") // the shell fills the fields
public final class RepositoryAddCommand implements Action {
    @Reference
    private FeatureLedger ledger;

    @Argument(name = "address", description = "Address of the repository, mvn: or file:", required = true)
    private String address;

    @Override
    public @Nullable Object execute() {
        try {
            ledger.addRepository(address);
            System.out.println("Added %s.".formatted(address));
        } catch (SoleraException refused) {
            System.out.println(refused.explain());
        }
        return null;
    }
}
