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
    void run(PrintStream out) throws SoleraException, IOException {
        char[] first = read("New password: ");
        char[] second = read("Again: ");
        try {
            if (!Arrays.equals(first, second)) {
                out.println("The two are not the same. Nothing was changed.");
                return;
            }
            String done = ask(Accounts.class, accounts -> {
                accounts.setPassword(account, first);
                return "The password of %s was changed.".formatted(account);
            });
            out.println(done);
        } finally {
            Arrays.fill(first, ' ');
            Arrays.fill(second, ' ');
        }
    }

    private char[] read(String prompt) throws IOException {
        String line = session().readLine(prompt, '*');
        return line == null ? new char[0] : line.toCharArray();
    }
}
