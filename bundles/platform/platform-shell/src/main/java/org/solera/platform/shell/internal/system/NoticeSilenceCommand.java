// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.shell.internal.system;

import java.io.PrintStream;
import java.time.Instant;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.solera.platform.api.SoleraException;
import org.solera.platform.api.notices.Notice;
import org.solera.platform.api.notices.Notices;
import org.solera.platform.shell.internal.PlatformCommand;

/** Command {@code notices:silence}. */
@Service
@Command(scope = "notices", name = "silence", description = "Tells nobody of a notice for a time")
public final class NoticeSilenceCommand extends PlatformCommand {
    @Argument(index = 0, name = "id", description = "Id of the notice", required = true)
    String id = "";

    @Argument(index = 1, name = "until", description = "Until when: 12h, 7d, 2026-12-31")
    String until = "24h";

    @Override
    protected void run(PrintStream out) throws SoleraException {
        Instant end = time(until, Instant.now());
        String who = who();
        Notice silenced = ask(Notices.class, notices -> notices.silence(id, end, who));
        out.println("Nobody is told until %s: %s".formatted(end, silenced.title()));
    }
}
