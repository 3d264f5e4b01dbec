// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.shell.internal.people;

import java.io.PrintStream;
import java.util.List;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.support.table.ShellTable;
import org.solera.platform.api.SoleraException;
import org.solera.platform.api.access.Token;
import org.solera.platform.api.access.Tokens;
import org.solera.platform.shell.internal.PlatformCommand;

/** Command {@code users:tokens}. */
@Service
@Command(scope = "users", name = "tokens", description = "Lists the tokens of a person")
public final class TokensCommand extends PlatformCommand {
    @Argument(index = 0, name = "name", description = "Login name", required = true)
    String name = "";

    @Override
    protected void run(PrintStream out) throws SoleraException {
        List<Token> tokens = ask(Tokens.class, known -> known.of(name));
        ShellTable table = new ShellTable();
        table.column("Id");
        table.column("Title");
        table.column("Grants");
        table.column("Read only");
        table.column("Expires (UTC)");
        table.column("Last used (UTC)");
        table.emptyTableText("No tokens");
        for (Token each : tokens) {
            table.addRow()
                    .addContent(
                            each.id(),
                            each.title(),
                            each.grants().isEmpty() ? "all" : Texts.join(each.grants()),
                            each.readOnly() ? "yes" : "no",
                            each.expiresAt(),
                            Texts.orDash(each.lastUsedAt()));
        }
        table.print(out);
    }
}
