// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.shell.internal.record;

import java.security.AccessController;
import java.util.Set;
import javax.security.auth.Subject;
import org.apache.karaf.jaas.boot.principal.ClientPrincipal;
import org.jspecify.annotations.Nullable;

/** Says where a session of the shell comes from: the SSH server leaves the address with who logged in. */
final class Origins {
    private Origins() {}

    /** {@return {@code ssh:<address>} of whoever runs this thread, or {@code local}} */
    @SuppressWarnings("removal") // the shell runs commands as its user in this way, and knows no other
    static String current() {
        Subject subject = Subject.getSubject(AccessController.getContext());
        return subject == null ? "local" : of(subject.getPrincipals(ClientPrincipal.class));
    }

    private static String of(Set<ClientPrincipal> clients) {
        for (ClientPrincipal each : clients) {
            String address = address(each.getName());
            if (address != null) {
                return address;
            }
        }
        return "local";
    }

    /** Reads {@code ssh(/127.0.0.1:4711)}: method, then host and address and port. */
    static @Nullable String address(String name) {
        int open = name.indexOf('(');
        int slash = name.indexOf('/', open + 1);
        int port = name.lastIndexOf(':');
        if (open < 1 || slash < 0 || port < slash || !name.endsWith(")")) {
            return null;
        }
        String address = name.substring(slash + 1, port);
        return name.substring(0, open) + ":" + address.replace("[", "").replace("]", "");
    }
}
