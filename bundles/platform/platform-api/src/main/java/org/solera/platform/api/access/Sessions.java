// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.api.access;

import java.util.List;
import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;
import org.solera.platform.api.PlatformError;
import org.solera.platform.api.SoleraException;

/**
 * Sessions of browsers. A session ends on sign-out, after a time without requests, at its latest end, when the password
 * changes or when the user is disabled or deleted; an ended cookie never opens anything again. Kept over a restart. At most
 * 5,000 sessions, 50 for one user: beyond, the oldest of that user ends. Thread-safe.
 */
@ProviderType
public interface Sessions {
    /** What came of a sign-in. */
    sealed interface Outcome {
        /**
         * Signed in; always under a new secret.
         *
         * @param session the session
         * @param secret the value of the cookie; given out here only
         */
        record SignedIn(Session session, String secret) implements Outcome {}

        /** Name and password are right; the code of the second factor is needed. */
        record SecondFactorNeeded() implements Outcome {}

        /** Name, password or code are wrong; never says which. */
        record Refused() implements Outcome {}
    }

    /**
     * Signs in with a name and a password, checked here or in a directory.
     *
     * @throws ThrottledException if there were too many failed attempts
     * @throws SoleraException with {@link PlatformError#BUSY} if too many sign in at once, {@link PlatformError#FORBIDDEN}
     *     if a directory knows the person and no group of the appliance takes it in; or that of a directory that does not
     *     answer
     */
    Outcome signIn(SignIn attempt) throws SoleraException;

    /**
     * Opens a session for somebody whom an identity provider vouches for. Creates or updates the user.
     *
     * @param person who it is
     * @param origin address the request came from
     * @param agent browser
     * @throws SoleraException with {@link PlatformError#FORBIDDEN} if the user is disabled, belongs to another source, or
     *     no group of the appliance takes it in
     */
    Outcome.SignedIn vouch(ExternalPerson person, String origin, String agent) throws SoleraException;

    /** {@return the session that this cookie opens, if it is in force; counts as a request} */
    Optional<Session> find(String secret);

    /** Ends the session of this cookie. */
    void end(String secret);

    /** {@return the sessions of a user} */
    List<Session> of(String user);

    /** Ends one session of a user by its public id; {@return whether there was one} */
    boolean end(String user, String id);
}
