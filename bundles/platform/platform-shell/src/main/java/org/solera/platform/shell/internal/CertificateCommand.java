// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.shell.internal;

import java.io.PrintStream;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.solera.platform.api.ServerCertificate;
import org.solera.platform.api.SoleraException;

/** Command {@code platform:certificate}. */
@Service
@Command(scope = "platform", name = "certificate", description = "Shows the certificate that the ports answer with")
public final class CertificateCommand extends PlatformCommand {
    @Option(name = "--reload", description = "Reads key.pem and certificate.pem in state/security/tls again")
    boolean reload;

    @Override
    protected void run(PrintStream out) throws SoleraException {
        ServerCertificate.Description certificate = ask(ServerCertificate.class, known -> {
            if (reload) {
                known.reload();
            }
            return known.describe();
        });
        out.println("Subject      " + certificate.subject());
        out.println("Issuer       " + certificate.issuer());
        out.println("Names        " + String.join(", ", certificate.names()));
        out.println("Valid from   " + certificate.notBefore());
        out.println("Valid until  " + certificate.notAfter());
        out.println("SHA-256      " + certificate.sha256());
    }
}
