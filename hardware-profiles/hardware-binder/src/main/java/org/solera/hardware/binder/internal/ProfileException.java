// SPDX-License-Identifier: Apache-2.0
package org.solera.hardware.binder.internal;

import org.jspecify.annotations.Nullable;
import org.solera.platform.api.PlatformError;
import org.solera.platform.api.SoleraException;

/** A profile that cannot be used. The message names the file, the key and what is wrong with it. */
final class ProfileException extends SoleraException {
    ProfileException(String file, String key, String problem, @Nullable Throwable cause) {
        super(
                PlatformError.INVALID_REQUEST,
                "%s: %s%s".formatted(file, key.isEmpty() ? "" : key + ": ", problem),
                "Correct the file; hardware-profiles/README.md describes the format.",
                cause);
    }
}
