// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.api.access;

import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.solera.platform.api.Grant;

/**
 * An access key of a user, without its secret.
 *
 * @param id public part
 * @param user whose it is
 * @param title what it is for
 * @param grants at most what it may do; empty: all that the user may
 * @param enabled whether it is in force
 * @param createdAt when it was created
 * @param expiresAt when it ends; null: never
 */
public record KeyView(
        String id,
        String user,
        String title,
        Set<Grant> grants,
        boolean enabled,
        Instant createdAt,
        @Nullable Instant expiresAt) {
    public KeyView {
        grants = Set.copyOf(grants);
    }
}
