// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.api.access;

import java.util.Set;

/**
 * A person as a directory or an identity provider describes it.
 *
 * @param source {@code ldap} or {@code oidc}
 * @param subject what never changes of that person there: DN or {@code iss} and {@code sub}
 * @param name login name
 * @param displayName name as people read it
 * @param email mail address; may be empty
 * @param groups names of its groups there
 */
public record ExternalPerson(
        String source, String subject, String name, String displayName, String email, Set<String> groups) {
    public ExternalPerson {
        groups = Set.copyOf(groups);
    }
}
