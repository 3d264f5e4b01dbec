// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.api.access;

import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.solera.platform.api.Grant;

/**
 * A bearer token of a user, without its secret.
 *
 * @param id public id
 * @param user whose it is
 * @param title what it is for, 1 to 128 characters
 * @param grants at most what it may do; it never may more than its user may at that time. Empty: all that the user may
 * @param readOnly whether it may only read
 * @param createdAt when it was created
 * @param expiresAt when it ends
 * @param lastUsedAt when it was used last; to the minute
 */
public record Token(
        String id,
        String user,
        String title,
        Set<Grant> grants,
        boolean readOnly,
        Instant createdAt,
        Instant expiresAt,
        @Nullable Instant lastUsedAt) {
    public Token {
        grants = Set.copyOf(grants);
    }
}
