// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.api.rest;

import org.solera.platform.api.PlatformError;
import org.solera.platform.api.SoleraException;

/**
 * One caller asks too often: a 429, while {@link PlatformError#BUSY} otherwise says that the appliance is too busy. The first
 * number in the next action is the time to wait, in seconds.
 */
public final class ThrottledException extends SoleraException {
    /** @param cause the refusal below; its message and next action are told */
    public ThrottledException(SoleraException cause) {
        super(PlatformError.BUSY, String.valueOf(cause.getMessage()), cause.nextAction(), cause);
    }
}
