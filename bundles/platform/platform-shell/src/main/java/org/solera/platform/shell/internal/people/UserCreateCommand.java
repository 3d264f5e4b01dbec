// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.shell.internal.people;

import java.io.IOException;
import java.io.PrintStream;
import java.time.Instant;
import java.util.Arrays;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.solera.platform.api.SoleraException;
import org.solera.platform.api.access.User;
import org.solera.platform.api.access.Users;
import org.solera.platform.shell.internal.PlatformCommand;

/** Command {@code users:create}. */
@Service
@Command(scope = "users", name = "create", description = "Creates a person; asks for the first password twice")
public final class UserCreateCommand extends PlatformCommand {
    @Argument(index = 0, name = "name", description = "Login name", required = true)
    String name = "";

    @Argument(index = 1, name = "grants", description = "Roles by comma, for example OPERATOR,VIEWER@bucket:photos")
    String grants = "";

    @Option(name = "--display-name", description = "Name as people read it")
    String displayName = "";

    @Option(name = "--email", description = "Address for notices")
    String email = "";

    @Option(name = "--groups", description = "Groups by comma")
    String groups = "";

    @Override
    protected void run(PrintStream out) throws SoleraException, IOException {
        User wanted = new User(
                name,
                displayName,
                email,
                User.LOCAL,
                true,
                Texts.names(groups),
                grants(grants),
                false,
                true,
                Instant.now(),
                null,
                0);
        char[] password = readNewSecret("First password");
        try {
            User made = ask(Users.class, users -> users.create(wanted, password));
            out.println("%s was created and sets another password at the first sign-in. Grants: %s"
                    .formatted(made.name(), Texts.join(made.grants())));
        } finally {
            Arrays.fill(password, ' ');
        }
    }
}
