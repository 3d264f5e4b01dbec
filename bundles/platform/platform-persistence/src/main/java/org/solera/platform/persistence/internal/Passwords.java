// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.persistence.internal;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.solera.platform.api.PlatformError;
import org.solera.platform.api.SoleraException;
import org.solera.platform.api.secrets.Sealer;

/** Opens the password of the settings. */
final class Passwords {
    private static final String PURPOSE = Persistence.PID + ".password";

    private Passwords() {}

    /** {@return the password in the clear; one that is not sealed is taken as it is} */
    static String open(String password, @Nullable Sealer sealer) throws SoleraException {
        if (!password.startsWith(Sealer.PREFIX)) {
            return password;
        }
        if (sealer == null) {
            throw new SoleraException(
                    PlatformError.BUSY, "The key that opens the password is not there yet.", "", null);
        }
        byte[] secret = sealer.unseal(PURPOSE, password);
        try {
            return new String(secret, StandardCharsets.UTF_8);
        } finally {
            Arrays.fill(secret, (byte) 0);
        }
    }
}
