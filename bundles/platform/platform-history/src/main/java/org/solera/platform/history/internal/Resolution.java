// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.history.internal;

import org.solera.platform.api.history.MetricHistory.Aggregate;

/** How densely and how long figures are kept, finest first. */
enum Resolution {
    /** Every 15 s for 6 h. */
    FINE(1, 1_440),
    /** Every minute for 2 days. */
    MEDIUM(4, 2_880),
    /** Every 10 minutes for 30 days. */
    COARSE(40, 4_320);

    /** Distance of two records in seconds. */
    static final int STEP = 15;

    private final int records;
    private final int rows;

    Resolution(int records, int rows) {
        this.records = records;
        this.rows = rows;
    }

    /** {@return records that become one row} */
    int records() {
        return records;
    }

    int rows() {
        return rows;
    }

    /** {@return distance of two rows in seconds} */
    int seconds() {
        return records * STEP;
    }

    /** {@return time that all rows cover, in seconds} */
    long span() {
        return (long) rows * seconds();
    }

    /** {@return whether there are rows of their own for this aggregate; of one record all aggregates are the same} */
    boolean keeps(Aggregate aggregate) {
        return records > 1 || aggregate == Aggregate.AVERAGE;
    }

    /** {@return the coarsest one that still shows steps of this length and reaches back far enough} */
    static Resolution of(long reachSeconds, double stepSeconds) {
        Resolution best = FINE;
        for (Resolution each : values()) {
            boolean tooShort = best.span() < reachSeconds;
            if (tooShort || each.seconds() <= stepSeconds) {
                best = each;
            }
        }
        return best;
    }
}
