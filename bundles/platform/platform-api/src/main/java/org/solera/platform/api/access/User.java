// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.api.access;

import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.solera.platform.api.Grant;

/**
 * A person as administrators see it.
 *
 * @param name login name, 1 to 64 characters of {@code a-z 0-9 . _ - @}; never changes
 * @param displayName name as people read it, 0 to 128 characters
 * @param email address for notices, 0 to 254 characters
 * @param source where the password is checked: {@code local}, {@code ldap} or {@code oidc}
 * @param enabled whether the person may sign in and its tokens and keys are in force
 * @param groups names of its groups
 * @param grants its own grants, without those of its groups
 * @param secondFactor whether sign-in asks for a code
 * @param mustChangePassword whether the next sign-in has to set a new password (it was set by somebody else)
 * @param createdAt when it was created
 * @param lastSignInAt when it signed in last; to the minute
 * @param version grows with every change; edits name the version they are based on
 */
public record User(
        String name,
        String displayName,
        String email,
        String source,
        boolean enabled,
        Set<String> groups,
        Set<Grant> grants,
        boolean secondFactor,
        boolean mustChangePassword,
        Instant createdAt,
        @Nullable Instant lastSignInAt,
        long version) {
    /** The source of those whose password the appliance itself keeps. */
    public static final String LOCAL = "local";

    public User {
        groups = Set.copyOf(groups);
        grants = Set.copyOf(grants);
    }
}
