// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.api;

/** The service asked for is being replaced and did not come back within the time a request may wait. */
public final class DrainingException extends SoleraException {
    /** @param what the service that is being replaced, as people know it */
    public DrainingException(String what) {
        super(PlatformError.DRAINING, what + " is being replaced.", "Try again in a moment.", null);
    }
}
