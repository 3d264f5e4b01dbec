// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.shell.internal.people;

import java.io.PrintStream;
import java.time.Instant;
import java.util.Set;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.solera.platform.api.Grant;
import org.solera.platform.api.SoleraException;
import org.solera.platform.api.access.Tokens;
import org.solera.platform.shell.internal.PlatformCommand;

/** Command {@code users:token-create}. */
@Service
@Command(scope = "users", name = "token-create", description = "Makes a token of a person and shows it once")
public final class TokenCreateCommand extends PlatformCommand {
    @Argument(index = 0, name = "name", description = "Login name", required = true)
    String name = "";

    @Argument(index = 1, name = "title", description = "What it is for", required = true)
    String title = "";

    @Option(name = "--grants", description = "At most what it may do, by comma; all that the person may by default")
    String grants = "";

    @Option(name = "--read-only", description = "It may only read")
    boolean readOnly = false;

    @Option(name = "--expires", description = "When it ends: 90d, 2026-12-31")
    String expires = "90d";

    @Override
    protected void run(PrintStream out) throws SoleraException {
        Instant until = time(expires, Instant.now());
        Set<Grant> given = grants(grants);
        Tokens.Created created = ask(Tokens.class, tokens -> tokens.create(name, title, given, readOnly, until));
        out.println("Token    %s".formatted(created.token().id()));
        out.println("Expires  %s".formatted(created.token().expiresAt()));
        out.println("Secret   %s".formatted(created.secret()));
        out.println("The secret is shown now and never again.");
    }
}
