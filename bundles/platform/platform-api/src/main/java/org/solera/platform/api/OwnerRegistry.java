// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.api;

import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Grants exclusive ownership of resources to one {@link org.solera.platform.api.spi.ExclusiveOwner} at a time. The first
 * owner that registers for a resource opens it; a later one waits in standby until a hand-over, or until the first one
 * is gone. Epochs are durable: they survive a restart.
 *
 * <p><b>Thread-safety:</b> thread-safe; hand-overs of one resource run one at a time.
 */
@ProviderType
public interface OwnerRegistry {
    /** {@return the resources for which the bundle has registered an owner or a standby} */
    java.util.Set<String> resourcesOf(long bundleId);

    /** {@return the bundle that owns the resource now} */
    Optional<Long> ownerOf(String resource);

    /**
     * Moves a resource between two bundles: the old owner closes, the epoch grows, the new owner opens. If the new owner
     * does not open, the old one opens again, under a newer epoch, and the failure is thrown.
     *
     * @param resource what is owned
     * @param fromBundleId the owner now
     * @param toBundleId the standby
     * @throws SoleraException if there is no such standby, or it could not open
     */
    void handOver(String resource, long fromBundleId, long toBundleId) throws SoleraException;
}
