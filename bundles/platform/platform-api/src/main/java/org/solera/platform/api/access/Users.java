// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.api.access;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.osgi.annotation.versioning.ProviderType;
import org.solera.platform.api.Grant;
import org.solera.platform.api.PlatformError;
import org.solera.platform.api.SoleraException;

/**
 * The people of the appliance and their groups. Reads come from memory and never wait for the database; a change is
 * durable when the method returns. At most {@value #MOST_USERS} users and {@value #MOST_GROUPS} groups.
 *
 * <p>Changes fail with {@link PlatformError#INVALID_REQUEST} if a value is not allowed, {@link PlatformError#NOT_FOUND},
 * {@link PlatformError#CONFLICT} if the name is taken, the version is not the current one, or the last enabled owner would
 * be gone, {@link PlatformError#BUSY} at a bound or when the database does not answer in time. Thread-safe.
 */
@ProviderType
public interface Users {
    /** The most users. */
    int MOST_USERS = 10_000;

    /** The most groups. */
    int MOST_GROUPS = 1_000;

    /** {@return all users by name} */
    List<User> users();

    /** {@return the user of this name} */
    Optional<User> user(String name);

    /**
     * Creates a user.
     *
     * @param user the values to take; {@code createdAt}, {@code lastSignInAt}, {@code secondFactor} and {@code version}
     *     are not read
     * @param password the first password, to be changed at the first sign-in; empty for a user of a directory. The caller
     *     clears the array
     */
    User create(User user, char[] password) throws SoleraException;

    /** Changes display name, mail address, enabled, groups and grants; {@code user.version()} must be the current one. */
    User update(User user) throws SoleraException;

    /** Deletes a user with its sessions, tokens and access keys. */
    void delete(String name, long version) throws SoleraException;

    /**
     * Sets a password and ends the sessions of the user, except one.
     *
     * @param mustChange whether the next sign-in has to set another one
     * @param keep public id of a session that goes on; empty for none
     */
    void setPassword(String name, char[] password, boolean mustChange, String keep) throws SoleraException;

    /**
     * Tells whether this is the password of the user, checked here or in its directory; for a request in which somebody who
     * is signed in proves it once more. Throttled as a sign-in is. Knows nothing of second factors.
     *
     * @param password the password; the caller clears the array
     * @param origin address that the request came from
     * @throws SoleraException as {@link Sessions#signIn} does
     */
    boolean provesPassword(String name, char[] password, String origin) throws SoleraException;

    /** {@return all groups by name} */
    List<Group> groups();

    Group createGroup(Group group) throws SoleraException;

    Group updateGroup(Group group) throws SoleraException;

    /** Deletes a group; its members lose its grants. */
    void deleteGroup(String name, long version) throws SoleraException;

    /** {@return what the user may do, with the grants of its groups; empty if it does not exist or is disabled} */
    Set<Grant> effectiveGrants(String name);

    /**
     * Begins to set up a second factor (TOTP, RFC 6238: SHA-1, 6 digits, 30 s). In force once confirmed.
     *
     * @return the {@code otpauth://} address, for a QR code
     */
    String beginSecondFactor(String name) throws SoleraException;

    /**
     * Confirms the second factor with a code of it.
     *
     * @return ten recovery codes, each good once, shown now and never again
     */
    List<String> confirmSecondFactor(String name, String code) throws SoleraException;

    /** Takes the second factor away; sign-in then asks for the password only. */
    void removeSecondFactor(String name) throws SoleraException;
}
