// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.api;

import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Who makes a request.
 *
 * @param name login name
 * @param grants what the identity may do, its own grants and those of its groups; may be empty
 * @param readOnly whether it may only read, whatever its grants say: a token made for reading
 */
public record Identity(String name, Set<Grant> grants, boolean readOnly) {
    public Identity {
        grants = Set.copyOf(grants);
    }

    /** An identity that may do all that its grants say. */
    public Identity(String name, Set<Grant> grants) {
        this(name, grants, false);
    }

    /** {@return an identity whose roles hold on the whole appliance} */
    public static Identity of(String name, Role... roles) {
        return new Identity(name, Arrays.stream(roles).map(Grant::everywhere).collect(Collectors.toUnmodifiableSet()));
    }

    /** {@return an identity whose roles hold on the whole appliance} */
    public static Identity of(String name, Set<Role> roles) {
        return of(name, roles.toArray(Role[]::new));
    }

    /** {@return the roles that hold on the whole appliance; of a read-only identity they count for reading alone} */
    public Set<Role> roles() {
        return grants.stream()
                .filter(grant -> grant.scope().kind() == Scope.Kind.EVERYWHERE)
                .map(Grant::role)
                .collect(Collectors.toUnmodifiableSet());
    }
}
