// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.api;

/**
 * How a part of the appliance is.
 *
 * @param status the state
 * @param detail one sentence on why, with units; empty when {@link Status#UP} needs none
 * @param nextAction what a person can do, as a sentence; empty when nothing is needed
 */
public record HealthReport(Status status, String detail, String nextAction) {
    /** The states of a part, best first. */
    public enum Status {
        /** Works. */
        UP,
        /** Complete and waiting to take over from the version that works now. */
        STANDBY,
        /** Works with less than it should have; the appliance stays ready. */
        DEGRADED,
        /** Does not work; the appliance is not ready. */
        DOWN
    }

    /** {@return a report of a part that works} */
    public static HealthReport up(String detail) {
        return new HealthReport(Status.UP, detail, "");
    }

    /** {@return a report of a part that does not work} */
    public static HealthReport down(String detail, String nextAction) {
        return new HealthReport(Status.DOWN, detail, nextAction);
    }

    /** {@return a report of a part that works with less than it should have} */
    public static HealthReport degraded(String detail, String nextAction) {
        return new HealthReport(Status.DEGRADED, detail, nextAction);
    }

    /** {@return a report of a version that waits to take over} */
    public static HealthReport standby(String detail) {
        return new HealthReport(Status.STANDBY, detail, "");
    }
}
