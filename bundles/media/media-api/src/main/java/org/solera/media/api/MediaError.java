// SPDX-License-Identifier: Apache-2.0
package org.solera.media.api;

import org.solera.platform.api.ErrorCode;

/** Codes of media failures. */
public enum MediaError implements ErrorCode {
    /** The operation string cannot be parsed, or a value is out of range. */
    INVALID_OPERATION(false),
    /** The operation is not known, or not on this box. */
    UNSUPPORTED_OPERATION(false),
    /** The source is not an image, or a format that is not allowed. */
    UNSUPPORTED_FORMAT(false),
    /** The source is damaged. */
    CORRUPT_SOURCE(false),
    /** The source or the result has too many pixels, frames or bytes. */
    TOO_LARGE(false),
    /** The operation took too long or too much memory. */
    LIMIT_EXCEEDED(false),
    /** Too many operations wait; try again. */
    BUSY(true),
    /** The processor of this kind of media is not installed on this box or does not work now. */
    PROCESSOR_UNAVAILABLE(true);

    private final boolean retryable;

    MediaError(boolean retryable) {
        this.retryable = retryable;
    }

    @Override
    public boolean retryable() {
        return retryable;
    }
}
