// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.api.secrets;

import org.osgi.annotation.versioning.ProviderType;
import org.solera.platform.api.SoleraException;

/**
 * Seals secrets for the disk (AES-256-GCM under the key of this box). Thread-safe.
 */
@ProviderType
public interface Sealer {
    /** What every sealed text begins with. */
    String PREFIX = "sealed:";

    /**
     * Seals a secret.
     *
     * @param purpose what it is for, for example {@code mail.password}; the same is needed to open it
     * @return text that begins with {@link #PREFIX}
     */
    String seal(String purpose, byte[] secret);

    /**
     * Opens a sealed secret.
     *
     * @throws SoleraException if it was sealed by another box or for another purpose, or was changed
     */
    byte[] unseal(String purpose, String sealed) throws SoleraException;
}
