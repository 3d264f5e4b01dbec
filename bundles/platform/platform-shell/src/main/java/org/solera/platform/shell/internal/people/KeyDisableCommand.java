// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.shell.internal.people;

import java.io.PrintStream;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.solera.platform.api.SoleraException;
import org.solera.platform.api.access.KeyAdmin;
import org.solera.platform.shell.internal.PlatformCommand;

/** Command {@code users:key-disable}. */
@Service
@Command(scope = "users", name = "key-disable", description = "Puts an access key of a person out of force")
public final class KeyDisableCommand extends PlatformCommand {
    @Argument(index = 0, name = "name", description = "Login name", required = true)
    String name = "";

    @Argument(index = 1, name = "id", description = "Id of the key", required = true)
    String id = "";

    @Override
    protected void run(PrintStream out) throws SoleraException {
        ask(KeyAdmin.class, keys -> {
            keys.enable(name, id, false);
            return id;
        });
        out.println("The key %s is out of force.".formatted(id));
    }
}
