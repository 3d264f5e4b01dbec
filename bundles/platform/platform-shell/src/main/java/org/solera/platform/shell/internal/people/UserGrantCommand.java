// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.shell.internal.people;

import java.io.PrintStream;
import java.util.HashSet;
import java.util.Set;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.solera.platform.api.Grant;
import org.solera.platform.api.SoleraException;
import org.solera.platform.api.access.User;
import org.solera.platform.api.access.Users;
import org.solera.platform.shell.internal.PlatformCommand;

/** Command {@code users:grant}. */
@Service
@Command(scope = "users", name = "grant", description = "Sets what a person may do")
public final class UserGrantCommand extends PlatformCommand {
    @Argument(index = 0, name = "name", description = "Login name", required = true)
    String name = "";

    @Argument(
            index = 1,
            name = "grants",
            description = "Roles by comma, for example OPERATOR,VIEWER@bucket:photos; they replace all grants",
            required = true)
    String grants = "";

    @Option(name = "--add", description = "Adds to the grants there are")
    boolean add = false;

    @Option(name = "--remove", description = "Takes from the grants there are")
    boolean remove = false;

    @Override
    protected void run(PrintStream out) throws SoleraException {
        Set<Grant> given = grants(grants);
        User changed = ask(Users.class, users -> {
            User user = Texts.require(users, name);
            Set<Grant> wanted = new HashSet<>(add || remove ? user.grants() : Set.of());
            if (remove) {
                wanted.removeAll(given);
            } else {
                wanted.addAll(given);
            }
            return users.update(Texts.withGrants(user, wanted));
        });
        out.println("%s may: %s".formatted(name, Texts.join(changed.grants())));
    }
}
