// SPDX-License-Identifier: Apache-2.0
package org.solera.hardware.shell.internal;

import java.io.PrintStream;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.solera.hardware.api.HardwareService;
import org.solera.platform.api.SoleraException;

/** Command {@code hardware:probe}. */
@Service
@Command(scope = "hardware", name = "probe", description = "Probes the machine again and shows what was found")
public final class ProbeCommand extends HardwareCommand {
    @Override
    void run(PrintStream out) throws SoleraException {
        InventoryText.print(ask(HardwareService::probe), out);
    }
}
