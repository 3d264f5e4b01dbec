// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.api;

import org.osgi.annotation.versioning.ProviderType;

/** Changes the accounts of people. Thread-safe; a change is durable when the method returns. */
@ProviderType
public interface Accounts {
    /** The fewest characters of a password. */
    int SHORTEST_PASSWORD = 12;

    /** The most characters of a password. */
    int LONGEST_PASSWORD = 256;

    /**
     * Sets the password of an account. Whoever proved the old one is asked for the new one within a minute.
     *
     * @param name login name
     * @param password {@value #SHORTEST_PASSWORD} to {@value #LONGEST_PASSWORD} characters; the caller clears the array
     * @throws SoleraException with {@link PlatformError#NOT_FOUND} if there is no such account,
     *     {@link PlatformError#INVALID_REQUEST} if the password is too short or too long, {@link PlatformError#INTERNAL}
     *     if it could not be stored
     */
    void setPassword(String name, char[] password) throws SoleraException;
}
