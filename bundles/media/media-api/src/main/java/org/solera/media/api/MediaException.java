// SPDX-License-Identifier: Apache-2.0
package org.solera.media.api;

import org.jspecify.annotations.Nullable;
import org.solera.platform.api.SoleraException;

/** A media operation that could not be done. */
public final class MediaException extends SoleraException {
    /**
     * @param code what went wrong
     * @param message the cause, as a sentence
     * @param nextAction what the reader can do now; empty when there is nothing
     * @param cause the failure below, if there is one
     */
    public MediaException(MediaError code, String message, String nextAction, @Nullable Throwable cause) {
        super(code, message, nextAction, cause);
    }

    /** {@return the code, as media knows it} */
    public MediaError error() {
        return (MediaError) code();
    }
}
