// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.shell.internal;

import java.io.PrintStream;
import java.util.Comparator;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.support.table.ShellTable;
import org.osgi.framework.Bundle;

/** Command {@code platform:bundles}. */
@Service
@Command(scope = "platform", name = "bundles", description = "Lists the bundles of the product")
public final class BundlesCommand extends PlatformCommand {
    @Option(name = "--all", description = "Lists the bundles that the product stands on as well")
    boolean all;

    @Override
    protected void run(PrintStream out) {
        ShellTable table = new ShellTable();
        table.column("Id").alignRight();
        table.column("Name");
        table.column("Version");
        table.column("State");
        bundles().stream()
                .filter(bundle -> all || isOfTheProduct(bundle))
                .sorted(Comparator.comparingLong(Bundle::getBundleId))
                .forEach(bundle -> table.addRow()
                        .addContent(
                                bundle.getBundleId(),
                                bundle.getSymbolicName(),
                                bundle.getVersion(),
                                state(bundle.getState())));
        table.print(out);
    }

    private static boolean isOfTheProduct(Bundle bundle) {
        return bundle.getSymbolicName() != null && bundle.getSymbolicName().startsWith("org.solera.");
    }

    private static String state(int state) {
        return switch (state) {
            case Bundle.INSTALLED -> "installed";
            case Bundle.RESOLVED -> "resolved";
            case Bundle.STARTING -> "starting";
            case Bundle.STOPPING -> "stopping";
            case Bundle.ACTIVE -> "active";
            default -> "uninstalled";
        };
    }
}
