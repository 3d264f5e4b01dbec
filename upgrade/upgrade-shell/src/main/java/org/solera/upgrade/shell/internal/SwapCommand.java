// SPDX-License-Identifier: Apache-2.0
package org.solera.upgrade.shell.internal;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import org.apache.karaf.shell.api.action.Action;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.api.console.Session;
import org.jspecify.annotations.Nullable;
import org.solera.platform.api.SoleraException;
import org.solera.upgrade.api.SwapPlan;
import org.solera.upgrade.api.SwapService;

/** {@code upgrade:swap FILE}: shows the plan, asks, executes it and shows the steps. */
@Service
@Command(scope = "upgrade", name = "swap", description = "Replaces a bundle while the appliance serves")
@SuppressWarnings("NullAway.Init") // the shell fills the fields
public final class SwapCommand implements Action {
    @Reference
    private SwapService swaps;

    @Reference
    private Session session;

    @Argument(name = "file", description = "File of the new version", required = true)
    private String file;

    @Option(name = "--yes", description = "Does not ask")
    private boolean yes;

    @Override
    public @Nullable Object execute() throws IOException, InterruptedException {
        try {
            SwapPlan plan = swaps.plan(Path.of(file));
            PlanText.print(System.out, plan);
            if (yes || agrees()) {
                PlanText.print(System.out, swaps.execute(plan.hash()));
            } else {
                System.out.println("Nothing was changed.");
            }
        } catch (SoleraException refused) {
            System.out.println(refused.explain());
        }
        return null;
    }

    private boolean agrees() throws IOException {
        String answer = session.readLine("Swap now? (yes/no) ", null);
        return answer != null && answer.trim().toLowerCase(Locale.ROOT).equals("yes");
    }
}
