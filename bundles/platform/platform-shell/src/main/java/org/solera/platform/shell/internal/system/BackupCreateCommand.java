// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.shell.internal.system;

import java.io.IOException;
import java.io.PrintStream;
import java.util.Arrays;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.solera.platform.api.SoleraException;
import org.solera.platform.api.backup.Backups;
import org.solera.platform.api.operations.Operation;
import org.solera.platform.shell.internal.PlatformCommand;

/** Command {@code backup:create}. */
@Service
@Command(
        scope = "backup",
        name = "create",
        description = "Makes an archive of the control plane; asks for a passphrase")
public final class BackupCreateCommand extends PlatformCommand {
    @Override
    protected void run(PrintStream out) throws SoleraException, IOException {
        char[] passphrase = readNewSecret("Passphrase (empty: that of the settings)");
        String who = who();
        try {
            Operation begun = ask(Backups.class, backups -> backups.create(passphrase, who));
            out.println("The archive is being made; operations:list shows operation %s.".formatted(begun.id()));
        } finally {
            Arrays.fill(passphrase, ' ');
        }
    }
}
