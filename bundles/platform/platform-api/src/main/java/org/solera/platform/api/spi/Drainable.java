// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.api.spi;

import java.time.Duration;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Something that can finish its work so that its bundle can be replaced. Register it as a service from the bundle that
 * does the work.
 */
@ConsumerType
public interface Drainable {
    /** {@return dotted name of what drains, for people} */
    String name();

    /** {@return how much work is under way now, in the unit that fits: requests, streams, jobs} */
    int inFlight();

    /**
     * Takes no new work and waits for the work under way.
     *
     * @param deadline the longest wait
     * @return whether all work ended in time
     * @throws InterruptedException if the waiting thread is interrupted
     */
    boolean drain(Duration deadline) throws InterruptedException;

    /** Takes new work again, after a swap that was taken back. */
    void resume();
}
