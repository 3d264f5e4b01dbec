// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.shell.internal.system;

import java.io.IOException;
import java.io.PrintStream;
import java.util.Arrays;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.solera.platform.api.SoleraException;
import org.solera.platform.api.backup.Backups;
import org.solera.platform.shell.internal.PlatformCommand;

/** Command {@code backup:check}. */
@Service
@Command(scope = "backup", name = "check", description = "Checks an archive and says what a restore would bring back")
public final class BackupCheckCommand extends PlatformCommand {
    @Argument(index = 0, name = "name", description = "Name of the archive", required = true)
    String name = "";

    @Override
    protected void run(PrintStream out) throws SoleraException, IOException {
        char[] passphrase = readSecret("Passphrase: ");
        try {
            ask(Backups.class, backups -> backups.check(name, passphrase)).forEach(out::println);
        } finally {
            Arrays.fill(passphrase, ' ');
        }
    }
}
