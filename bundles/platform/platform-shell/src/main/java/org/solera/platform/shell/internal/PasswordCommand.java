// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.shell.internal;

import java.io.IOException;
import java.io.PrintStream;
import java.util.Arrays;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.solera.platform.api.Accounts;
import org.solera.platform.api.SoleraException;

/** Command {@code platform:password}. */
@Service
@Command(scope = "platform", name = "password", description = "Sets the password of an account; asks for it twice")
public final class PasswordCommand extends PlatformCommand {
    @Argument(name = "account", description = "Login name, the administrator by default")
    String account = "admin";

    @Override
    protected void run(PrintStream out) throws SoleraException, IOException {
        char[] password = readNewSecret("New password");
        try {
            String done = ask(Accounts.class, accounts -> {
                accounts.setPassword(account, password);
                return "The password of %s was changed.".formatted(account);
            });
            out.println(done);
        } finally {
            Arrays.fill(password, ' ');
        }
    }
}
