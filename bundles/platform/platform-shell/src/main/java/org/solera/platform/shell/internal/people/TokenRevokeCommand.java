// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.shell.internal.people;

import java.io.PrintStream;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.solera.platform.api.SoleraException;
import org.solera.platform.api.access.Tokens;
import org.solera.platform.shell.internal.PlatformCommand;

/** Command {@code users:token-revoke}. */
@Service
@Command(scope = "users", name = "token-revoke", description = "Revokes a token of a person")
public final class TokenRevokeCommand extends PlatformCommand {
    @Argument(index = 0, name = "name", description = "Login name", required = true)
    String name = "";

    @Argument(index = 1, name = "id", description = "Id of the token", required = true)
    String id = "";

    @Override
    protected void run(PrintStream out) throws SoleraException {
        boolean revoked = ask(Tokens.class, tokens -> tokens.revoke(name, id));
        if (!revoked) {
            throw Texts.missing("%s has no token %s.".formatted(name, id));
        }
        out.println("The token %s was revoked.".formatted(id));
    }
}
