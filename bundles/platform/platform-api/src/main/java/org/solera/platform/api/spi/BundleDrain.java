// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.api.spi;

import java.time.Duration;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Finishes work that one bundle does on behalf of another, so that the other can be replaced: {@code platform-net} counts
 * the requests inside the handlers of every bundle. Register it as a service; {@link
 * org.solera.platform.api.DrainCoordinator} asks each one about every bundle that drains, before the {@link Drainable}
 * services of that bundle. Must be thread-safe.
 */
@ConsumerType
public interface BundleDrain {
    /** {@return dotted name of what drains, for people} */
    String name();

    /**
     * Gives the bundle no new work and waits for the work under way.
     *
     * @param bundleId the bundle that will go; one that has no work here is drained at once
     * @param deadline the longest wait
     * @return whether all work ended in time
     * @throws InterruptedException if the waiting thread is interrupted
     */
    boolean drain(long bundleId, Duration deadline) throws InterruptedException;

    /** Gives the bundle work again, after a swap that was taken back. */
    void resume(long bundleId);
}
