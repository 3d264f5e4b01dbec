// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.api.access;

import java.time.Instant;
import org.solera.platform.api.Identity;

/**
 * A browser that is signed in.
 *
 * @param id public id, for lists; does not open anything
 * @param identity who is signed in, with what it may do now
 * @param csrf value that every change has to send in the header {@code X-Solera-Csrf}
 * @param origin address at sign-in
 * @param agent browser at sign-in, at most 256 characters
 * @param since when it began
 * @param until when it ends at the latest
 * @param mustChangePassword whether nothing but a new password is allowed
 */
public record Session(
        String id,
        Identity identity,
        String csrf,
        String origin,
        String agent,
        Instant since,
        Instant until,
        boolean mustChangePassword) {
    /** Name of the cookie: host-only, HTTPS only, not readable by scripts, {@code SameSite=Lax}. */
    public static final String COOKIE = "__Host-solera";

    /** Name of the header that carries {@link #csrf}. */
    public static final String CSRF_HEADER = "X-Solera-Csrf";

    @Override
    public String toString() {
        return "Session[" + id + " of " + identity.name() + "]";
    }
}
