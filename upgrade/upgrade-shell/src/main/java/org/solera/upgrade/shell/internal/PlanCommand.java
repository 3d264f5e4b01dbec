// SPDX-License-Identifier: Apache-2.0
package org.solera.upgrade.shell.internal;

import java.nio.file.Path;
import org.apache.karaf.shell.api.action.Action;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.jspecify.annotations.Nullable;
import org.solera.platform.api.SoleraException;
import org.solera.upgrade.api.SwapService;

/** {@code upgrade:plan FILE}: says what a swap would do. */
@Service
@Command(scope = "upgrade", name = "plan", description = "Says what the swap of a bundle would do")
@SuppressWarnings("NullAway.Init") // the shell fills the fields
public final class PlanCommand implements Action {
    @Reference
    private SwapService swaps;

    @Argument(name = "file", description = "File of the new version", required = true)
    private String file;

    @Override
    public @Nullable Object execute() {
        try {
            PlanText.print(System.out, swaps.plan(Path.of(file)));
        } catch (SoleraException refused) {
            System.out.println(refused.explain());
        }
        return null;
    }
}
