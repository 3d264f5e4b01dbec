// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.shell.internal.people;

import java.io.PrintStream;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.solera.platform.api.SoleraException;
import org.solera.platform.api.access.Sessions;
import org.solera.platform.shell.internal.PlatformCommand;

/** Command {@code users:session-end}. */
@Service
@Command(scope = "users", name = "session-end", description = "Ends a session of a person")
public final class SessionEndCommand extends PlatformCommand {
    @Argument(index = 0, name = "name", description = "Login name", required = true)
    String name = "";

    @Argument(index = 1, name = "id", description = "Id of the session", required = true)
    String id = "";

    @Override
    protected void run(PrintStream out) throws SoleraException {
        boolean ended = ask(Sessions.class, sessions -> sessions.end(name, id));
        if (!ended) {
            throw Texts.missing("%s has no session %s.".formatted(name, id));
        }
        out.println("The session %s has ended.".formatted(id));
    }
}
