// SPDX-License-Identifier: Apache-2.0
package org.solera.upgrade.rest.internal;

import java.util.List;
import org.solera.upgrade.api.SwapPlan;

/**
 * Wire form of a plan. The component names are the JSON contract of {@code /api/v1}.
 *
 * @param hash what {@code execute} takes
 * @param bundle symbolic name
 * @param fromVersion version that serves now
 * @param toVersion version in the file
 * @param feature feature that holds the bundle
 * @param add bundles that will be installed
 * @param remove bundles that will be uninstalled
 * @param refresh other bundles whose wiring will change
 * @param owned resources that will be handed over
 * @param affectedPorts names of the ports that the bundle serves
 * @param longestPauseMillis longest time that a request may wait, in milliseconds
 */
public record SwapPlanDto(
        String hash,
        String bundle,
        String fromVersion,
        String toVersion,
        String feature,
        List<String> add,
        List<String> remove,
        List<String> refresh,
        List<String> owned,
        List<String> affectedPorts,
        long longestPauseMillis) {
    public SwapPlanDto {
        add = List.copyOf(add);
        remove = List.copyOf(remove);
        refresh = List.copyOf(refresh);
        owned = List.copyOf(owned);
        affectedPorts = List.copyOf(affectedPorts);
    }

    /** {@return the wire form of {@code plan}} */
    static SwapPlanDto of(SwapPlan plan) {
        return new SwapPlanDto(
                plan.hash(),
                plan.bundle(),
                plan.fromVersion(),
                plan.toVersion(),
                plan.feature(),
                plan.add(),
                plan.remove(),
                plan.refresh(),
                plan.owned(),
                plan.affectedPorts(),
                plan.longestPauseMillis());
    }
}
