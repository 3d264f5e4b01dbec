// SPDX-License-Identifier: Apache-2.0
package org.solera.storage.s3.internal;

import org.solera.platform.api.SoleraException;

/** A request that is refused with an error of S3. */
final class S3Exception extends SoleraException {
    private final S3Error error;

    S3Exception(S3Error error, String message) {
        super(error, message, "", null);
        this.error = error;
    }

    S3Exception(S3Error error, String message, Throwable cause) {
        super(error, message, "", cause);
        this.error = error;
    }

    S3Error error() {
        return error;
    }
}
