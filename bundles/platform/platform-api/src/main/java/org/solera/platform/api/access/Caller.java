// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.api.access;

import java.security.Principal;
import org.solera.platform.api.Identity;
import org.solera.platform.api.Scope;

/**
 * The principal of a REST request.
 *
 * @param identity who calls
 * @param means how the caller proved it
 * @param credential public id of the session or token; empty for a password
 * @param origin address that the request came from
 */
public record Caller(Identity identity, Means means, String credential, String origin) implements Principal {
    /** How a caller proved who it is. */
    public enum Means {
        PASSWORD,
        SESSION,
        TOKEN
    }

    @Override
    public String getName() {
        return identity.name();
    }

    /** {@return whether the caller may do this at this place} */
    public boolean may(Domain domain, Action action, Scope scope) {
        return Permissions.allows(identity, domain, action, scope);
    }
}
