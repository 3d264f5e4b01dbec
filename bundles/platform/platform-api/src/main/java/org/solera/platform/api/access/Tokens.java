// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.api.access;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.osgi.annotation.versioning.ProviderType;
import org.solera.platform.api.Grant;
import org.solera.platform.api.Identity;
import org.solera.platform.api.SoleraException;

/** Bearer tokens of REST. Revoking is in force at once. At most 100 for one user. Thread-safe. */
@ProviderType
public interface Tokens {
    /** What every token begins with, so that scanners find a leaked one. */
    String PREFIX = "solera_";

    /**
     * A token just made.
     *
     * @param token what is kept of it
     * @param secret what the program sends; given out here only
     */
    record Created(Token token, String secret) {
        @Override
        public String toString() {
            return "Created[" + token.id() + "]";
        }
    }

    /**
     * A token in use.
     *
     * @param token which one
     * @param identity who acts, with what both the token and its user may
     */
    record Use(Token token, Identity identity) {}

    /** Makes a token; {@code expiresAt} is at most 366 days ahead. */
    Created create(String user, String title, Set<Grant> grants, boolean readOnly, Instant expiresAt)
            throws SoleraException;

    /** {@return the tokens of a user, expired ones included} */
    List<Token> of(String user);

    /** Revokes a token of a user; {@return whether there was one} */
    boolean revoke(String user, String id) throws SoleraException;

    /** {@return who acts with this secret, if it is in force} */
    Optional<Use> find(String secret);
}
