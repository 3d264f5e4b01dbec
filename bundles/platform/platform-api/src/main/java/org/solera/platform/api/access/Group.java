// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.api.access;

import java.util.Set;
import org.solera.platform.api.Grant;

/**
 * People who share grants.
 *
 * @param name 1 to 64 characters of {@code a-z 0-9 . _ -}; never changes
 * @param description 0 to 256 characters
 * @param grants what its members may do
 * @param external names of groups in a directory (LDAP DN or OIDC claim value) whose members belong to this group
 * @param version grows with every change
 */
public record Group(String name, String description, Set<Grant> grants, Set<String> external, long version) {
    public Group {
        grants = Set.copyOf(grants);
        external = Set.copyOf(external);
    }
}
