// SPDX-License-Identifier: Apache-2.0
package org.solera.hardware.shell.internal;

import java.io.PrintStream;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.solera.hardware.api.HardwareService.FeatureVerdict;
import org.solera.platform.api.SoleraException;

/** Command {@code hardware:explain}. */
@Service
@Command(
        scope = "hardware",
        name = "explain",
        description = "Says whether this box can run a feature, and if not, why and what can be done")
public final class ExplainCommand extends HardwareCommand {
    @Argument(name = "feature", description = "Name of the feature", required = true)
    String feature = "";

    @Override
    void run(PrintStream out) throws SoleraException {
        FeatureVerdict verdict = ask(hardware -> hardware.judge(feature));
        if (verdict.installed()) {
            out.println(feature + " is installed and runs on this box.");
        } else if (verdict.runnable()) {
            out.println(feature + " is not installed; this box can run it.");
        } else {
            out.println(verdict.reason());
        }
    }
}
