// SPDX-License-Identifier: Apache-2.0
package org.solera.bench.appliance;

import java.io.IOException;
import java.time.Duration;

/** Waits until something holds, and says what did not when time is up. */
public final class Polling {
    private static final long INTERVAL_MILLIS = 50;

    private Polling() {}

    /** Something that can be looked at again and again. */
    @FunctionalInterface
    public interface Condition {
        /** {@return whether it holds now} */
        boolean holds() throws IOException, InterruptedException;
    }

    /**
     * Waits.
     *
     * @param what what is waited for, as it reads after "did not see"
     * @throws IOException if it does not hold in time
     */
    public static void await(String what, Duration limit, Condition condition)
            throws IOException, InterruptedException {
        if (!within(limit, condition)) {
            throw new IOException("Did not see " + what + " within " + limit.toSeconds() + " s.");
        }
    }

    /** {@return whether it holds in time} */
    public static boolean within(Duration limit, Condition condition) throws IOException, InterruptedException {
        long deadline = System.nanoTime() + limit.toNanos();
        while (!condition.holds()) {
            if (System.nanoTime() - deadline > 0) {
                return false;
            }
            Thread.sleep(INTERVAL_MILLIS);
        }
        return true;
    }
}
