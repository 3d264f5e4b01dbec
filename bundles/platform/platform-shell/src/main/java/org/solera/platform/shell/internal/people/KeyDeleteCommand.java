// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.shell.internal.people;

import java.io.PrintStream;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.solera.platform.api.SoleraException;
import org.solera.platform.api.access.KeyAdmin;
import org.solera.platform.shell.internal.PlatformCommand;

/** Command {@code users:key-delete}. */
@Service
@Command(scope = "users", name = "key-delete", description = "Deletes an access key of a person")
public final class KeyDeleteCommand extends PlatformCommand {
    @Argument(index = 0, name = "name", description = "Login name", required = true)
    String name = "";

    @Argument(index = 1, name = "id", description = "Id of the key", required = true)
    String id = "";

    @Override
    protected void run(PrintStream out) throws SoleraException {
        ask(KeyAdmin.class, keys -> {
            keys.delete(name, id);
            return id;
        });
        out.println("The key %s was deleted.".formatted(id));
    }
}
