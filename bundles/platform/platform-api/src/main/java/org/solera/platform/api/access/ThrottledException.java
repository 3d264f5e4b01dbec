// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.api.access;

import org.solera.platform.api.PlatformError;
import org.solera.platform.api.SoleraException;

/** Too many attempts to sign in failed; the next one has to wait. */
public final class ThrottledException extends SoleraException {
    private final long retryAfterSeconds;

    /** @param retryAfterSeconds how long to wait, in seconds, at least 1 */
    public ThrottledException(long retryAfterSeconds) {
        super(
                PlatformError.BUSY,
                "There were too many failed attempts to sign in.",
                "Try again in %d s.".formatted(retryAfterSeconds),
                null);
        this.retryAfterSeconds = retryAfterSeconds;
    }

    /** {@return how long to wait, in seconds; for the header {@code Retry-After}} */
    public long retryAfterSeconds() {
        return retryAfterSeconds;
    }
}
