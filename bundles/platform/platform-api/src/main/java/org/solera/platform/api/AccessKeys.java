// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.api;

import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;

/** Finds access keys. Thread-safe. */
@ProviderType
public interface AccessKeys {
    /** {@return the key with this public part, if it exists and is in force} */
    Optional<AccessKey> find(String id);
}
