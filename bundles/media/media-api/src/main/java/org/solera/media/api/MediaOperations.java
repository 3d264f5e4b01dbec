// SPDX-License-Identifier: Apache-2.0
package org.solera.media.api;

import org.osgi.annotation.versioning.ProviderType;
import org.solera.platform.api.SoleraException;

/**
 * Runs operation strings such as {@code imageView2/2/w/400/format/webp} or {@code imageInfo}, piped with {@code |}.
 * Identical requests at the same time are done once. Thread-safe.
 */
@ProviderType
public interface MediaOperations {
    /** {@return whether the query string of a URL begins with an operation rather than with ordinary parameters} */
    boolean recognises(String query);

    /**
     * Runs an operation string.
     *
     * @param source what it reads
     * @param operations the operation string, percent-decoded
     * @throws SoleraException a {@link MediaException}, or a failure of the platform below it
     * @throws InterruptedException if the calling thread is interrupted
     */
    MediaResult run(MediaSource source, String operations) throws SoleraException, InterruptedException;
}
