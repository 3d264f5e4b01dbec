// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.shell.internal.people;

import java.io.PrintStream;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.solera.platform.api.SoleraException;
import org.solera.platform.api.access.User;
import org.solera.platform.api.access.Users;
import org.solera.platform.shell.internal.PlatformCommand;

/** Command {@code users:delete}. */
@Service
@Command(scope = "users", name = "delete", description = "Deletes a person with all sessions, tokens and access keys")
public final class UserDeleteCommand extends PlatformCommand {
    @Argument(index = 0, name = "name", description = "Login name", required = true)
    String name = "";

    @Override
    protected void run(PrintStream out) throws SoleraException {
        ask(Users.class, users -> {
            User user = Texts.require(users, name);
            users.delete(name, user.version());
            return user;
        });
        out.println("%s was deleted.".formatted(name));
    }
}
