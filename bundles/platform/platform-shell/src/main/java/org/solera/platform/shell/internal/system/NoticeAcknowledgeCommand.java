// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.shell.internal.system;

import java.io.PrintStream;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.solera.platform.api.SoleraException;
import org.solera.platform.api.notices.Notice;
import org.solera.platform.api.notices.Notices;
import org.solera.platform.shell.internal.PlatformCommand;

/** Command {@code notices:acknowledge}. */
@Service
@Command(scope = "notices", name = "acknowledge", description = "Takes a notice up: it is not delivered again")
public final class NoticeAcknowledgeCommand extends PlatformCommand {
    @Argument(index = 0, name = "id", description = "Id of the notice", required = true)
    String id = "";

    @Override
    protected void run(PrintStream out) throws SoleraException {
        String who = who();
        Notice taken = ask(Notices.class, notices -> notices.acknowledge(id, who));
        out.println("%s has taken up: %s".formatted(who, taken.title()));
    }
}
