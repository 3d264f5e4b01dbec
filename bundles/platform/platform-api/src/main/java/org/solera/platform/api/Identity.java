// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.api;

import java.util.Set;

/**
 * Who makes a request.
 *
 * @param name login name
 * @param roles what the identity may do; never empty
 */
public record Identity(String name, Set<Role> roles) {
    public Identity {
        roles = Set.copyOf(roles);
    }
}
