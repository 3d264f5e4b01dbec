// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.shell.internal.system;

import java.io.PrintStream;
import java.util.List;
import java.util.Locale;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.support.table.ShellTable;
import org.solera.platform.api.SoleraException;
import org.solera.platform.api.notices.Notice;
import org.solera.platform.api.notices.Notices;
import org.solera.platform.shell.internal.PlatformCommand;

/** Command {@code notices:list}. */
@Service
@Command(scope = "notices", name = "list", description = "Lists what needs attention")
public final class NoticesListCommand extends PlatformCommand {
    @Option(name = "--all", description = "Shows those that are over, too")
    boolean all = false;

    @Override
    protected void run(PrintStream out) throws SoleraException {
        List<Notice> known = ask(Notices.class, Notices::notices);
        ShellTable table = new ShellTable();
        table.column("Id");
        table.column("Severity");
        table.column("What");
        table.column("Next");
        table.column("Since (UTC)");
        table.column("Taken up by");
        table.column("Silenced until (UTC)");
        table.emptyTableText("Nothing needs attention.");
        known.stream()
                .filter(each -> all || each.endedAt() == null)
                .forEach(each -> table.addRow()
                        .addContent(
                                each.id(),
                                each.severity().name().toLowerCase(Locale.ROOT),
                                each.title(),
                                each.nextAction(),
                                each.since(),
                                each.acknowledgedBy(),
                                each.silencedUntil() == null ? "" : each.silencedUntil()));
        table.print(out);
    }
}
