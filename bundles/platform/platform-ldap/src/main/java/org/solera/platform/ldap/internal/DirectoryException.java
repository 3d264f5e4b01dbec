// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.ldap.internal;

import org.jspecify.annotations.Nullable;
import org.solera.platform.api.ErrorCode;
import org.solera.platform.api.PlatformError;
import org.solera.platform.api.SoleraException;

/** The directory could not be asked. */
final class DirectoryException extends SoleraException {
    private DirectoryException(ErrorCode code, String message, String nextAction, @Nullable Throwable cause) {
        super(code, message, nextAction, cause);
    }

    /** The directory does not answer. */
    static DirectoryException away(String message, @Nullable Throwable cause) {
        return new DirectoryException(
                LdapError.DIRECTORY_UNAVAILABLE,
                message,
                "Look at the directory and the network, or sign in as a local user.",
                cause);
    }

    /** The directory answers something that the settings do not expect. */
    static DirectoryException mismatch(String message, @Nullable Throwable cause) {
        return new DirectoryException(
                LdapError.DIRECTORY_MISMATCH, message, "Correct the settings of the directory.", cause);
    }

    /** A setting is not one. */
    static DirectoryException invalid(String message, @Nullable Throwable cause) {
        return new DirectoryException(PlatformError.INVALID_REQUEST, message, "Correct the value.", cause);
    }

    /** Too many checks wait already. */
    static DirectoryException busy(Throwable cause) {
        return new DirectoryException(
                PlatformError.BUSY, "Too many sign-ins wait for the directory.", "Try again in a moment.", cause);
    }
}
