// SPDX-License-Identifier: Apache-2.0
package org.solera.storage.api;

import org.jspecify.annotations.Nullable;
import org.solera.platform.api.SoleraException;

/** A storage operation that could not be done. */
public final class StorageException extends SoleraException {
    /**
     * @param code what went wrong
     * @param message the cause, as a sentence
     * @param nextAction what the reader can do now; empty when there is nothing
     */
    public StorageException(StorageError code, String message, String nextAction) {
        this(code, message, nextAction, null);
    }

    /**
     * @param code what went wrong
     * @param message the cause, as a sentence
     * @param nextAction what the reader can do now; empty when there is nothing
     * @param cause the failure below
     */
    public StorageException(StorageError code, String message, String nextAction, @Nullable Throwable cause) {
        super(code, message, nextAction, cause);
    }

    /** {@return the code, as storage knows it} */
    public StorageError error() {
        return (StorageError) code();
    }
}
