// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.api.access;

import java.util.Optional;
import org.osgi.annotation.versioning.ConsumerType;
import org.solera.platform.api.SoleraException;

/** A directory that checks passwords, such as LDAP. Register it as a service when it is configured. Thread-safe. */
@ConsumerType
public interface Directory {
    /** {@return the source that its people have, {@code ldap}} */
    String source();

    /**
     * Checks a password.
     *
     * @param name login name
     * @param password the password, never empty; the caller clears the array
     * @return the person, or empty if name and password do not belong together
     * @throws SoleraException if the directory does not answer within 5 s; the message says why
     */
    Optional<ExternalPerson> check(String name, char[] password) throws SoleraException;
}
