// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.security.internal;

import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.solera.platform.api.Grant;
import org.solera.platform.api.Role;
import org.solera.platform.api.Scope;
import org.solera.platform.api.access.Permissions;

/** What a token or a key may do: what it was made for, and never more than its user may now. */
final class GrantLimits {
    private GrantLimits() {}

    /**
     * Intersects.
     *
     * @param limits what the token was made for; empty for all that its user may
     * @param held what its user may
     */
    static Set<Grant> both(Set<Grant> limits, Set<Grant> held) {
        if (limits.isEmpty()) {
            return held;
        }
        Set<Grant> grants = new HashSet<>();
        for (Grant limit : limits) {
            for (Grant own : held) {
                Optional<Role> role = role(limit.role(), own.role());
                Optional<Scope> scope = scope(limit.scope(), own.scope());
                if (role.isPresent() && scope.isPresent()) {
                    grants.add(new Grant(role.get(), scope.get()));
                }
            }
        }
        return grants;
    }

    /** {@return the role that may less, if one may at least all that the other may} */
    private static Optional<Role> role(Role one, Role other) {
        if (Permissions.covers(one, other)) {
            return Optional.of(other);
        }
        return Permissions.covers(other, one) ? Optional.of(one) : Optional.empty();
    }

    private static Optional<Scope> scope(Scope one, Scope other) {
        if (one.covers(other)) {
            return Optional.of(other);
        }
        return other.covers(one) ? Optional.of(one) : Optional.empty();
    }
}
