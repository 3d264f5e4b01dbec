// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.api.rest;

import org.solera.platform.api.ErrorCode;

/** Codes of failures that only REST knows. None is retryable. */
public enum RestError implements ErrorCode {
    /** The request changes something in the name of a session and lacks its CSRF value. */
    CSRF,
    /** Somebody else set the password; nothing is allowed before it is changed. */
    PASSWORD_CHANGE_REQUIRED,
    /** Name and password are right; the code of the second factor is missing. */
    SECOND_FACTOR_NEEDED,
    /** The edit does not say which version it is based on. */
    PRECONDITION_REQUIRED,
    /** The thing was changed since that version. */
    PRECONDITION_FAILED,
    /** The body is larger than this address takes. */
    TOO_LARGE;

    @Override
    public boolean retryable() {
        return false;
    }
}
