// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.shell.internal.system;

import java.io.IOException;
import java.io.PrintStream;
import java.util.Arrays;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.solera.platform.api.SoleraException;
import org.solera.platform.api.backup.Backups;
import org.solera.platform.api.operations.Operation;
import org.solera.platform.shell.internal.PlatformCommand;

/** Command {@code backup:restore}. */
@Service
@Command(scope = "backup", name = "restore", description = "Replaces the control plane of this box by an archive")
public final class BackupRestoreCommand extends PlatformCommand {
    @Argument(index = 0, name = "name", description = "Name of the archive", required = true)
    String name = "";

    @Option(name = "--yes", description = "Does not ask whether you are sure")
    boolean yes = false;

    @Override
    protected void run(PrintStream out) throws SoleraException, IOException {
        if (!yes) {
            String answer = session()
                    .readLine(
                            "People, settings and certificates of this box are replaced. Type the name again: ", null);
            if (!name.equals(answer)) {
                throw invalid("That is not the name.", "Nothing was changed.", null);
            }
        }
        char[] passphrase = readSecret("Passphrase: ");
        String who = who();
        try {
            Operation begun = ask(Backups.class, backups -> backups.restore(name, passphrase, who));
            out.println("The restore has begun; operations:list shows operation %s.".formatted(begun.id()));
        } finally {
            Arrays.fill(passphrase, ' ');
        }
    }
}
