// SPDX-License-Identifier: Apache-2.0
package org.solera.hardware.shell.internal;

import java.io.PrintStream;
import java.util.Locale;
import java.util.TreeMap;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.support.table.ShellTable;
import org.solera.hardware.api.HardwareService;
import org.solera.hardware.api.ProfileMatch;
import org.solera.platform.api.SoleraException;

/** Command {@code hardware:profile}. */
@Service
@Command(
        scope = "hardware",
        name = "profile",
        description = "Shows the profile in force, why, its capabilities and its settings")
public final class ProfileCommand extends HardwareCommand {
    @Override
    void run(PrintStream out) throws SoleraException {
        ask(hardware -> {
            print(hardware, out);
            return true;
        });
    }

    private static void print(HardwareService hardware, PrintStream out) {
        out.println("Profile in force: " + hardware.profile());
        new TreeMap<>(hardware.description())
                .forEach((language, words) -> out.println("  %-6s %s".formatted(language, words)));
        out.println();
        for (ProfileMatch match : hardware.matches()) {
            out.println("%s: %s, specificity %d"
                    .formatted(match.profile(), match.matches() ? "fits" : "does not fit", match.specificity()));
            match.reasons().forEach(reason -> out.println("  " + reason));
        }
        out.println();
        out.println("Capabilities");
        hardware.capabilities().forEach(capability -> out.println("  " + capability));
        out.println();
        ShellTable table = new ShellTable();
        table.column("Configuration");
        table.column("Key");
        table.column("Profile");
        table.column("In force");
        table.column("State");
        table.emptyTableText("The profile tunes no setting.");
        hardware.tuning()
                .forEach(setting -> table.addRow()
                        .addContent(
                                setting.pid(),
                                setting.key(),
                                setting.wanted(),
                                setting.found(),
                                setting.state().name().toLowerCase(Locale.ROOT).replace("_", " ")));
        table.print(out);
        hardware.problems().forEach(problem -> out.println("Problem: " + problem));
    }
}
