// SPDX-License-Identifier: Apache-2.0
package org.solera.upgrade.api;

import org.jspecify.annotations.Nullable;
import org.solera.platform.api.SoleraException;

/** A change of what is installed that was refused or taken back. */
public final class UpgradeException extends SoleraException {
    /**
     * @param code what went wrong
     * @param message the cause, as a sentence
     * @param nextAction what the reader can do now; empty when there is nothing
     * @param cause the failure below, if there is one
     */
    public UpgradeException(UpgradeError code, String message, String nextAction, @Nullable Throwable cause) {
        super(code, message, nextAction, cause);
    }
}
