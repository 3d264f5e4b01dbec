// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.api;

/** Codes of failures that belong to no single domain. */
public enum PlatformError implements ErrorCode {
    /** The part that serves this is being replaced; try again in a moment. */
    DRAINING(true),
    /** A bounded queue, pool or cache is full. */
    BUSY(true),
    /** No worker process could be had in time, or the one that ran this died. */
    WORKER_UNAVAILABLE(true),
    /** A worker process used more time or memory than it may. */
    WORKER_LIMIT(false),
    /** A program or library that this box needs for the operation is not installed. */
    MISSING_PROGRAM(false),
    /** The caller is not who it says, or did not say who it is. */
    UNAUTHENTICATED(false),
    /** The caller is known and may not do this. */
    FORBIDDEN(false),
    /** The request cannot be understood. */
    INVALID_REQUEST(false),
    /** The thing named does not exist. */
    NOT_FOUND(false),
    /** The state of the thing named does not allow this. */
    CONFLICT(false),
    /** A defect of the appliance. */
    INTERNAL(false);

    private final boolean retryable;

    PlatformError(boolean retryable) {
        this.retryable = retryable;
    }

    @Override
    public boolean retryable() {
        return retryable;
    }
}
