// SPDX-License-Identifier: Apache-2.0
package org.solera.storage.s3.internal;

import org.jspecify.annotations.Nullable;

/**
 * How the body of a request is protected.
 *
 * @param sha256Hex hash of the whole body, when it was signed
 * @param chunked whether the body is in chunks of {@code aws-chunked}
 * @param trailer whether trailers follow the chunks
 * @param chunks what verifies the signature of each chunk, when chunks are signed
 */
record Payload(
        @Nullable String sha256Hex,
        boolean chunked,
        boolean trailer,
        @Nullable ChunkSignatures chunks) {
    /** A body that nobody signed. */
    static final Payload UNSIGNED = new Payload(null, false, false, null);
}
