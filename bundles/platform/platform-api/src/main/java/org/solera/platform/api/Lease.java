// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.api;

import org.osgi.annotation.versioning.ProviderType;

/** The right to use something until closed. Closing twice has no further effect. */
@ProviderType
@FunctionalInterface
public interface Lease extends AutoCloseable {
    @Override
    void close();
}
