// SPDX-License-Identifier: Apache-2.0
package org.solera.storage.s3.internal;

import java.io.IOException;

/** A body that is not what its request said, noticed while it was read. */
final class BodyRefusedException extends IOException {
    private final S3Error error;

    BodyRefusedException(S3Error error, String message) {
        super(message);
        this.error = error;
    }

    S3Error error() {
        return error;
    }
}
