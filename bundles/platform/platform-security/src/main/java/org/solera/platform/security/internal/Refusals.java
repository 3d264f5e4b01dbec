// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.security.internal;

import org.jspecify.annotations.Nullable;
import org.solera.platform.api.PlatformError;
import org.solera.platform.api.SoleraException;

/** Failures that several classes tell in the same words. */
final class Refusals {
    private Refusals() {}

    static SoleraException busy(String why, @Nullable Throwable cause) {
        return new SoleraException(PlatformError.BUSY, why, "Nothing was changed; try again in a moment.", cause);
    }

    static SoleraException full(String what, long most) {
        return new SoleraException(
                PlatformError.BUSY, "There are %d %s, which is the most.".formatted(most, what), "Delete some.", null);
    }

    static SoleraException invalid(String why, String nextAction) {
        return new SoleraException(PlatformError.INVALID_REQUEST, why, nextAction, null);
    }

    static SoleraException noUser(String name) {
        return new SoleraException(
                PlatformError.NOT_FOUND, "There is no user '%s'.".formatted(name), "Look at the list of users.", null);
    }

    static SoleraException conflict(String why, String nextAction) {
        return new SoleraException(PlatformError.CONFLICT, why, nextAction, null);
    }
}
