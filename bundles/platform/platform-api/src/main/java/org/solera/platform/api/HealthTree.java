// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.api;

import java.util.List;
import org.osgi.annotation.versioning.ProviderType;

/** The health of every part, from the appliance down to the bundle. Thread-safe; checks run with a time limit. */
@ProviderType
public interface HealthTree {
    /**
     * One part and how it is.
     *
     * @param name dotted name, for example {@code storage.engine}
     * @param bundleId the bundle that answers for it
     * @param report how it is
     */
    record Entry(String name, long bundleId, HealthReport report) {}

    /** {@return all parts, worst first, then by name} */
    List<Entry> entries();

    /** {@return whether no part is {@link HealthReport.Status#DOWN} and every part that must be there is there} */
    boolean ready();
}
