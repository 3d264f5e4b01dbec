// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.api;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
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
    /**
     * Who owns a resource.
     *
     * @param resource what is owned
     * @param owner id of the bundle that owns it; null if nobody does
     * @param epoch epoch of the owner; 0 without one
     * @param standbys ids of the bundles that wait to take over
     */
    record Ownership(String resource, @Nullable Long owner, long epoch, List<Long> standbys) {
        public Ownership {
            standbys = List.copyOf(standbys);
        }
    }

    /** {@return all resources that can be owned, by name} */
    default List<Ownership> ownerships() {
        return List.of();
    }

    /** {@return the resources for which the bundle has registered an owner or a standby} */
    Set<String> resourcesOf(long bundleId);

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
