// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.shell.internal.system;

import java.io.IOException;
import java.io.PrintStream;
import java.util.List;
import java.util.Map;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.solera.platform.api.PlatformError;
import org.solera.platform.api.SoleraException;
import org.solera.platform.api.settings.Settings;
import org.solera.platform.shell.internal.PlatformCommand;

/** Command {@code settings:set}. */
@Service
@Command(scope = "settings", name = "set", description = "Changes settings of a group; asks for secrets")
public final class SettingsSetCommand extends PlatformCommand {
    @Argument(index = 0, name = "id", description = "Id of the group", required = true)
    String id = "";

    @Argument(
            index = 1,
            name = "values",
            description = "key=value; key= takes the default again; the key of a secret alone asks for it",
            required = true,
            multiValued = true)
    List<String> values = List.of();

    @Override
    protected void run(PrintStream out) throws SoleraException, IOException {
        Settings.State before = ask(Settings.class, settings -> Sections.require(settings, id));
        if (before.section().ofOwners() && !ShellRoles.isOwner()) {
            throw new SoleraException(
                    PlatformError.FORBIDDEN,
                    "The settings %s are changed by owners alone.".formatted(id),
                    "Ask the owner of the appliance.",
                    null);
        }
        Map<String, Object> wanted = Sections.values(before.section(), values, this::secret);
        ask(Settings.class, settings -> settings.update(id, wanted, before.version()));
        out.println("Changed in %s: %s".formatted(id, String.join(", ", wanted.keySet())));
    }

    private String secret(String key) throws IOException {
        return String.valueOf(readSecret(key + ": "));
    }
}
