// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.shell.internal.system;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import javax.security.auth.Subject;
import org.apache.karaf.jaas.boot.principal.RolePrincipal;
import org.junit.jupiter.api.Test;

class ShellRolesTest {
    private static Subject of(String... roles) {
        Subject subject = new Subject();
        for (String role : roles) {
            subject.getPrincipals().add(new RolePrincipal(role));
        }
        return subject;
    }

    @Test
    void ownersAndTheApplianceItselfAreOwners() {
        assertTrue(ShellRoles.isOwner(of("ssh", "admin", "OWNER")));
        assertTrue(ShellRoles.isOwner(null));
        assertFalse(ShellRoles.isOwner(of("ssh", "manager", "ENGINEER")));
        assertFalse(ShellRoles.isOwner(of()));
    }
}
