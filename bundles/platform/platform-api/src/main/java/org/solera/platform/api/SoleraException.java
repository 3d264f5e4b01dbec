// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.api;

import org.jspecify.annotations.Nullable;

/**
 * Root of every checked failure that may cross a bundle boundary. The message names the cause, the next action says
 * what the reader can do about it; both are shown to people as they are.
 */
public class SoleraException extends Exception {
    private final transient ErrorCode code;
    private final String nextAction;

    /**
     * @param code stable code of the failure
     * @param message the cause, as a sentence
     * @param nextAction what the reader can do now, as a sentence; empty when there is nothing to do
     * @param cause the failure below, if there is one; never dropped
     */
    public SoleraException(ErrorCode code, String message, String nextAction, @Nullable Throwable cause) {
        super(message, cause);
        this.code = code;
        this.nextAction = nextAction;
    }

    /** {@return the stable code of this failure} */
    public final ErrorCode code() {
        return code;
    }

    /** {@return what the reader can do now, as a sentence; empty when there is nothing to do} */
    public final String nextAction() {
        return nextAction;
    }

    /** {@return the message as people read it: the cause, then the next action} */
    public final String explain() {
        return nextAction.isEmpty() ? String.valueOf(getMessage()) : getMessage() + " " + nextAction;
    }
}
