// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.shell.internal.system;

import java.io.PrintStream;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.solera.platform.api.SoleraException;
import org.solera.platform.api.operations.Operation;
import org.solera.platform.api.operations.Operations;
import org.solera.platform.shell.internal.PlatformCommand;

/** Command {@code operations:cancel}. */
@Service
@Command(scope = "operations", name = "cancel", description = "Asks a long operation to stop")
public final class OperationCancelCommand extends PlatformCommand {
    @Argument(index = 0, name = "id", description = "Id of the operation", required = true)
    String id = "";

    @Override
    protected void run(PrintStream out) throws SoleraException {
        Operation asked = ask(Operations.class, operations -> operations.cancel(id));
        out.println("%s was asked to stop.".formatted(asked.title()));
    }
}
