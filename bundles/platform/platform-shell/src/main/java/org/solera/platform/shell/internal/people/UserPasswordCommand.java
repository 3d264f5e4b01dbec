// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.shell.internal.people;

import java.io.IOException;
import java.io.PrintStream;
import java.util.Arrays;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.solera.platform.api.SoleraException;
import org.solera.platform.api.access.Users;
import org.solera.platform.shell.internal.PlatformCommand;

/** Command {@code users:password}. */
@Service
@Command(scope = "users", name = "password", description = "Sets the password of a person; asks for it twice")
public final class UserPasswordCommand extends PlatformCommand {
    @Argument(index = 0, name = "name", description = "Login name", required = true)
    String name = "";

    @Option(name = "--final", description = "The person need not change it at the next sign-in")
    boolean kept = false;

    @Override
    protected void run(PrintStream out) throws SoleraException, IOException {
        char[] password = readNewSecret("New password");
        try {
            ask(Users.class, users -> {
                users.setPassword(name, password, !kept, "");
                return name;
            });
        } finally {
            Arrays.fill(password, ' ');
        }
        out.println("The password of %s was set; its sessions have ended.".formatted(name));
    }
}
