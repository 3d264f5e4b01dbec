// SPDX-License-Identifier: Apache-2.0
package org.solera.media.api;

import java.util.List;
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

    /** {@return every operation that this version knows} */
    List<Grammar> grammar();

    /** {@return what was done so far} */
    MediaFigures figures();

    /**
     * One operation, for people.
     *
     * @param form how it is written
     * @param meaning what it does, with the ranges of its values
     */
    record Grammar(String form, String meaning) {}
}
