// SPDX-License-Identifier: Apache-2.0
package org.solera.hardware.shell.internal;

import java.io.PrintStream;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.support.table.ShellTable;
import org.solera.hardware.api.HardwareService;
import org.solera.hardware.api.HardwareService.FeatureVerdict;
import org.solera.platform.api.SoleraException;

/** Command {@code hardware:features}. */
@Service
@Command(scope = "hardware", name = "features", description = "Lists the features and whether this box can run them")
public final class FeaturesCommand extends HardwareCommand {
    @Override
    void run(PrintStream out) throws SoleraException {
        ShellTable table = new ShellTable();
        table.column("Feature");
        table.column("Installed");
        table.column("Can run");
        table.column("Why not");
        table.emptyTableText("No feature is known.");
        for (FeatureVerdict verdict : ask(HardwareService::features)) {
            table.addRow()
                    .addContent(
                            verdict.feature(),
                            verdict.installed() ? "yes" : "no",
                            verdict.runnable() ? "yes" : "no",
                            verdict.reason());
        }
        table.print(out);
    }
}
