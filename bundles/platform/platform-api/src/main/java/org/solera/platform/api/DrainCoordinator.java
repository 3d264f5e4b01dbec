// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.api;

import java.time.Duration;
import java.util.List;
import org.osgi.annotation.versioning.ProviderType;

/** Drains what a bundle serves before that bundle is replaced. Thread-safe. */
@ProviderType
public interface DrainCoordinator {
    /**
     * What came of the drain of one service.
     *
     * @param name the name of the {@link org.solera.platform.api.spi.Drainable}
     * @param complete whether all its work ended in time
     * @param tookMillis how long it took, in milliseconds
     */
    record Outcome(String name, boolean complete, long tookMillis) {}

    /**
     * Drains every {@code Drainable} of a bundle, one after the other, in the order of their ranking.
     *
     * @param bundleId the bundle that will go
     * @param deadline the longest time for all of them together
     * @return what came of each; empty when the bundle has none
     * @throws InterruptedException if the waiting thread is interrupted
     */
    List<Outcome> drain(long bundleId, Duration deadline) throws InterruptedException;

    /** Lets every {@code Drainable} of a bundle take work again, after a swap that was taken back. */
    void resume(long bundleId);
}
