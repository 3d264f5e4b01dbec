// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.ldap.internal;

import org.solera.platform.api.ErrorCode;

/** Codes of failures of the directory. */
enum LdapError implements ErrorCode {
    /** The directory does not answer, or not in time. */
    DIRECTORY_UNAVAILABLE(true),
    /** The directory answers, and not what the settings make expect. */
    DIRECTORY_MISMATCH(false);

    private final boolean retryable;

    LdapError(boolean retryable) {
        this.retryable = retryable;
    }

    @Override
    public boolean retryable() {
        return retryable;
    }
}
