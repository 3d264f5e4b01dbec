// SPDX-License-Identifier: Apache-2.0
package org.solera.storage.api;

import org.solera.platform.api.ErrorCode;

/** Codes of storage failures. */
public enum StorageError implements ErrorCode {
    /** The bucket does not exist. */
    NO_SUCH_BUCKET(false),
    /** The object does not exist. */
    NO_SUCH_KEY(false),
    /** The multipart upload does not exist, was completed or was aborted. */
    NO_SUCH_UPLOAD(false),
    /** A part named in a completion does not exist or has another ETag. */
    INVALID_PART(false),
    /** The parts named in a completion are not in ascending order. */
    INVALID_PART_ORDER(false),
    /** A part other than the last is smaller than allowed. */
    PART_TOO_SMALL(false),
    /** The bucket exists already. */
    BUCKET_EXISTS(false),
    /** The bucket still holds objects. */
    BUCKET_NOT_EMPTY(false),
    /** A bucket name breaks the rules. */
    INVALID_BUCKET_NAME(false),
    /** An object key breaks the rules. */
    INVALID_KEY(false),
    /** The body does not match the digest that was promised. */
    BAD_DIGEST(false),
    /** The body is shorter than promised. */
    INCOMPLETE_BODY(false),
    /** The object is larger than allowed. */
    TOO_LARGE(false),
    /** A condition of the request does not hold. */
    PRECONDITION_FAILED(false),
    /** Not enough space is left on the drives. */
    NO_SPACE(true),
    /** Fewer drives work than a write needs. */
    TOO_FEW_DRIVES(true),
    /** No drive holds an undamaged copy. */
    UNREADABLE(true);

    private final boolean retryable;

    StorageError(boolean retryable) {
        this.retryable = retryable;
    }

    @Override
    public boolean retryable() {
        return retryable;
    }
}
