// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.api;

import java.util.Comparator;
import java.util.Map;

/**
 * Decides which of several versions of one service gets new work: the highest ranking, then the bundle installed last
 * (which is the newer version in an upgrade and the older one in a return to it), then the service registered last.
 *
 * @param ranking {@code service.ranking}, 0 when absent
 * @param bundleId {@code service.bundleid} of the bundle that registered it
 * @param serviceId {@code service.id}
 */
public record ServiceRank(int ranking, long bundleId, long serviceId) implements Comparable<ServiceRank> {
    private static final Comparator<ServiceRank> ORDER = Comparator.comparingInt(ServiceRank::ranking)
            .thenComparingLong(ServiceRank::bundleId)
            .thenComparingLong(ServiceRank::serviceId);

    /** {@return the rank of a service with these registration properties} */
    public static ServiceRank of(Map<String, ?> properties) {
        return new ServiceRank(
                properties.get("service.ranking") instanceof Integer value ? value : 0,
                properties.get("service.bundleid") instanceof Long value ? value : 0,
                properties.get("service.id") instanceof Long value ? value : 0);
    }

    @Override
    public int compareTo(ServiceRank other) {
        return ORDER.compare(this, other);
    }
}
