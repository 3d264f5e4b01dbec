// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.shell.internal.system;

import java.security.AccessController;
import javax.security.auth.Subject;
import org.apache.karaf.jaas.boot.principal.RolePrincipal;
import org.jspecify.annotations.Nullable;
import org.solera.platform.api.Role;

/** Says what whoever runs a command may do beyond the lists of commands in {@code etc}. */
final class ShellRoles {
    private ShellRoles() {}

    /** {@return whether an owner runs this thread, or the appliance itself} */
    @SuppressWarnings("removal") // the shell runs commands as its user in this way, and knows no other
    static boolean isOwner() {
        return isOwner(Subject.getSubject(AccessController.getContext()));
    }

    static boolean isOwner(@Nullable Subject subject) {
        return subject == null
                || subject.getPrincipals(RolePrincipal.class).stream()
                        .anyMatch(role -> role.getName().equals(Role.OWNER.name()));
    }
}
