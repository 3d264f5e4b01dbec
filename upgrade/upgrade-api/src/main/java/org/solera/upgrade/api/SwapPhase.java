// SPDX-License-Identifier: Apache-2.0
package org.solera.upgrade.api;

import java.util.Map;
import java.util.Set;

/** Where the swap of a bundle stands. The journal on disk is the source of truth; memory only mirrors it. */
public enum SwapPhase {
    /** Announced: both the committed record and the bundle cache may be looked at with suspicion from here. */
    INTENT,
    /** The new version is installed beside the old one. */
    INSTALLED,
    /** The new version is active, healthy, and owns what only one may own. */
    HEALTHY,
    /** The record names the new version: the commit point has passed. */
    COMMITTED,
    /** The old version is drained and gone. */
    DONE,
    /** The new version is gone; the old one serves as before. */
    ROLLED_BACK;

    private static final Map<SwapPhase, Set<SwapPhase>> NEXT = Map.of(
            INTENT, Set.of(INSTALLED, ROLLED_BACK),
            INSTALLED, Set.of(HEALTHY, ROLLED_BACK),
            HEALTHY, Set.of(COMMITTED, ROLLED_BACK),
            COMMITTED, Set.of(DONE),
            DONE, Set.of(),
            ROLLED_BACK, Set.of());

    /** {@return {@code next}, if the protocol allows it from here} */
    public SwapPhase to(SwapPhase next) {
        if (!NEXT.getOrDefault(this, Set.of()).contains(next)) {
            throw new IllegalStateException(this + " -> " + next);
        }
        return next;
    }

    /** {@return whether nothing follows} */
    public boolean terminal() {
        return NEXT.getOrDefault(this, Set.of()).isEmpty();
    }
}
