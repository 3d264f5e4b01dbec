// SPDX-License-Identifier: Apache-2.0
package org.solera.upgrade.engine.internal;

import java.time.Duration;

/** Time as a swap sees it. Thread-safe. */
interface Pause {
    /** {@return a clock that only moves forward, in nanoseconds} */
    long nanoTime();

    /** Waits. */
    void await(Duration time) throws InterruptedException;
}
