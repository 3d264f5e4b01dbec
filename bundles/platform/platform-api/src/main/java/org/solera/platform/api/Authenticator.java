// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.api;

import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Tells who is behind a name and a password. The users of REST and of the SSH shell are the same.
 *
 * <p><b>Thread-safety:</b> thread-safe. <b>Source of truth:</b> the account store of {@code platform-security}.
 */
@ProviderType
public interface Authenticator {
    /**
     * Checks a password. Failed attempts are throttled per name, per origin and for both together.
     *
     * <p>A password alone is not enough for a user with a second factor: from {@code ssh} the code follows the password
     * after a blank; from elsewhere such a user needs a token or a session. A password that must be changed opens nothing
     * here.
     *
     * @param name login name
     * @param password the password; the caller clears the array
     * @param origin where the attempt comes from, an address or {@code ssh}, for throttling
     * @return the identity, or empty if name and password do not belong together
     * @throws SoleraException with {@link PlatformError#BUSY} if there were too many failed attempts,
     *     {@link PlatformError#UNAUTHENTICATED} if the password is right and not enough; the next action says what is
     */
    Optional<Identity> authenticate(String name, char[] password, String origin) throws SoleraException;
}
