// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.shell.internal.system;

import java.io.PrintStream;
import java.time.Instant;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.support.table.ShellTable;
import org.solera.platform.api.SoleraException;
import org.solera.platform.api.audit.Audit;
import org.solera.platform.api.audit.AuditPage;
import org.solera.platform.api.audit.AuditQuery;
import org.solera.platform.api.audit.AuditRecord;
import org.solera.platform.shell.internal.PlatformCommand;

/** Command {@code audit:search}. */
@Service
@Command(scope = "audit", name = "search", description = "Lists records of changes, newest first")
public final class AuditSearchCommand extends PlatformCommand {
    private static final int MOST_PAGES = 100;

    @Option(name = "--who", description = "Login name")
    String who = "";

    @Option(name = "--action", description = "Beginning of the action: users.")
    String action = "";

    @Option(name = "--outcome", description = "begun, done, failed, refused or noted")
    String outcome = "";

    @Option(name = "--text", description = "Part of target, details or message")
    String text = "";

    @Option(name = "--from", description = "Not before: 2026-01-31, 2026-01-31T12:00:00Z")
    String from = "";

    @Option(name = "--to", description = "Before")
    String to = "";

    @Option(name = "--before", description = "Only records with a lower sequence")
    long before = 0;

    @Option(name = "--limit", description = "Most records, 1 to 1,000")
    int limit = 50;

    @Override
    protected void run(PrintStream out) throws SoleraException {
        Instant now = Instant.now();
        Instant notBefore = from.isEmpty() ? null : time(from, now);
        Instant end = to.isEmpty() ? null : time(to, now);
        ShellTable table = new ShellTable();
        table.column("Record").alignRight();
        table.column("Time (UTC)");
        table.column("Who");
        table.column("Action");
        table.column("Target");
        table.column("From");
        table.column("Outcome");
        table.column("Why");
        table.emptyTableText("No records");
        int left = Math.max(1, Math.min(limit, 1_000));
        long next = before > 0 ? before : Long.MAX_VALUE;
        for (int pages = 0; left > 0 && next != 0 && pages < MOST_PAGES; pages++) {
            AuditQuery query = new AuditQuery(notBefore, end, who, action, outcome, text, next, left);
            AuditPage page = ask(Audit.class, audit -> audit.search(query));
            page.records().forEach(each -> add(table, each));
            left -= page.records().size();
            next = page.next();
        }
        table.print(out);
        if (next != 0) {
            out.println("More follow: --before " + next);
        }
    }

    private static void add(ShellTable table, AuditRecord record) {
        table.addRow()
                .addContent(
                        record.sequence(),
                        record.time(),
                        record.event().who(),
                        record.event().action(),
                        record.event().target(),
                        record.event().origin(),
                        record.begun() == null ? record.outcome() : record.outcome() + " " + record.begun(),
                        record.code().isEmpty() ? record.message() : record.code() + ": " + record.message());
    }
}
