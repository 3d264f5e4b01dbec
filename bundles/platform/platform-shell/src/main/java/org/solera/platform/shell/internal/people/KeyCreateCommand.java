// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.shell.internal.people;

import java.io.PrintStream;
import java.time.Instant;
import java.util.Set;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.solera.platform.api.AccessKey;
import org.solera.platform.api.Grant;
import org.solera.platform.api.SoleraException;
import org.solera.platform.api.access.KeyAdmin;
import org.solera.platform.shell.internal.PlatformCommand;

/** Command {@code users:key-create}. */
@Service
@Command(scope = "users", name = "key-create", description = "Makes an access key of a person and shows it once")
public final class KeyCreateCommand extends PlatformCommand {
    @Argument(index = 0, name = "name", description = "Login name", required = true)
    String name = "";

    @Argument(index = 1, name = "title", description = "What it is for", required = true)
    String title = "";

    @Option(name = "--grants", description = "At most what it may do, by comma; all that the person may by default")
    String grants = "";

    @Option(name = "--expires", description = "When it ends: 90d, 2026-12-31; never by default")
    String expires = "";

    @Override
    protected void run(PrintStream out) throws SoleraException {
        Instant until = expires.isEmpty() ? null : time(expires, Instant.now());
        Set<Grant> given = grants(grants);
        AccessKey key = ask(KeyAdmin.class, keys -> keys.create(name, title, given, until));
        out.println("Access key  %s".formatted(key.id()));
        out.println("Secret key  %s".formatted(key.secret()));
        out.println("The secret key is shown now and never again.");
    }
}
