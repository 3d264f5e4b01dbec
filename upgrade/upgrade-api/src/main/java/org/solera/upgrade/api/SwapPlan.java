// SPDX-License-Identifier: Apache-2.0
package org.solera.upgrade.api;

import java.util.List;

/**
 * What a swap will do, before it does anything.
 *
 * @param hash hash of all the rest, lower-case hex; {@link SwapService#execute} takes it
 * @param bundle symbolic name of the bundle
 * @param fromVersion version that serves now
 * @param toVersion version in the file
 * @param feature feature that holds the bundle
 * @param add bundles that will be installed, {@code name/version}
 * @param remove bundles that will be uninstalled, {@code name/version}
 * @param refresh other bundles whose wiring will change, {@code name/version}; a swap that has any is refused
 * @param owned resources that only one version may own and that will be handed over
 * @param affectedPorts names of the ports that the bundle serves
 * @param longestPauseMillis longest time that a request may wait because of the swap, in milliseconds
 */
public record SwapPlan(
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
    public SwapPlan {
        add = List.copyOf(add);
        remove = List.copyOf(remove);
        refresh = List.copyOf(refresh);
        owned = List.copyOf(owned);
        affectedPorts = List.copyOf(affectedPorts);
    }
}
