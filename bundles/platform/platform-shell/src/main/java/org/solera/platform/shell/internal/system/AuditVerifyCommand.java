// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.shell.internal.system;

import java.io.PrintStream;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.solera.platform.api.PlatformError;
import org.solera.platform.api.SoleraException;
import org.solera.platform.api.audit.Audit;
import org.solera.platform.api.audit.AuditVerdict;
import org.solera.platform.shell.internal.PlatformCommand;

/** Command {@code audit:verify}. */
@Service
@Command(scope = "audit", name = "verify", description = "Checks the whole chain of records")
public final class AuditVerifyCommand extends PlatformCommand {
    @Override
    protected void run(PrintStream out) throws SoleraException {
        AuditVerdict verdict = ask(Audit.class, Audit::verify);
        if (!verdict.whole()) {
            throw new SoleraException(
                    PlatformError.CONFLICT,
                    "The chain is not whole. First at record %,d: %s".formatted(verdict.broken(), verdict.detail()),
                    "Export the audit and compare it with an earlier export.",
                    null);
        }
        out.println(verdict.detail());
    }
}
