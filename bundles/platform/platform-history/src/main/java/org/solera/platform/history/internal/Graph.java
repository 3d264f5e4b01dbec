// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.history.internal;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.solera.platform.api.PlatformError;
import org.solera.platform.api.SoleraException;
import org.solera.platform.api.history.MetricHistory.Aggregate;
import org.solera.platform.api.history.MetricHistory.Points;
import org.solera.platform.api.history.MetricHistory.Series;
import org.solera.platform.history.internal.Shelf.Rows;

/**
 * The grid of one question: equal steps that are a multiple of the rows they are made of.
 *
 * @param resolution rows that are read
 * @param aggregate how several rows become one point
 * @param from begin of the first step in seconds
 * @param step length of a step in seconds
 * @param count number of steps
 */
record Graph(Resolution resolution, Aggregate aggregate, long from, long step, int count) {
    static final int STEPS_MOST = 2_000;

    private static final long REACH_DAYS = 31; // a day more than is kept, so that "the last 30 days" can be asked for
    private static final long DAY = 86_400;

    /** Lays a grid that covers the time with at most so many steps. */
    static Graph of(Instant from, Instant to, int steps, Aggregate aggregate, Instant now) throws SoleraException {
        long begin = from.getEpochSecond();
        long end = to.getEpochSecond();
        if (steps < 1 || steps > STEPS_MOST) {
            throw refuse("The number of steps is " + steps + ".", "Ask for 1 to " + STEPS_MOST + " steps.");
        }
        if (begin >= end || end - begin > (REACH_DAYS + 1) * DAY) {
            throw refuse("The time from " + from + " to " + to + " is no time of at most 30 days.", "Turn it round.");
        }
        if (begin < now.getEpochSecond() - REACH_DAYS * DAY || begin > now.getEpochSecond() + DAY) {
            throw refuse("Figures are kept for 30 days.", "Ask for a time within the last 30 days.");
        }
        double ideal = (double) (end - begin) / steps;
        Resolution resolution = Resolution.of(now.getEpochSecond() - begin, ideal);
        long row = resolution.seconds();
        long step = (long) Math.max(1, Math.ceil(ideal / row)) * row;
        long first = Math.floorDiv(begin, step) * step;
        if (-Math.floorDiv(first - end, step) > steps) {
            step += row;
            first = Math.floorDiv(begin, row) * row;
        }
        return new Graph(resolution, aggregate, first, step, (int) Math.min(steps, -Math.floorDiv(first - end, step)));
    }

    private static SoleraException refuse(String message, String next) {
        return new SoleraException(PlatformError.INVALID_REQUEST, message, next, null);
    }

    /** {@return the rows on the grid} */
    Points points(Series series, Rows rows) {
        double[] sums = new double[count];
        Arrays.fill(sums, Double.NaN);
        int[] known = new int[count];
        for (int i = 0; i < rows.values().length; i++) {
            double value = rows.values()[i];
            // A row stands for the time that ends with it.
            long at = Math.floorDiv(rows.first() + i * rows.step() - rows.step() - from, step);
            if (Double.isNaN(value) || at < 0 || at >= count) {
                continue;
            }
            int index = (int) at;
            if (known[index]++ == 0) {
                sums[index] = value;
            } else {
                sums[index] = aggregate == Aggregate.MAXIMUM ? Math.max(sums[index], value) : sums[index] + value;
            }
        }
        List<Double> values = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            values.add(known[i] > 1 && aggregate == Aggregate.AVERAGE ? sums[i] / known[i] : sums[i]);
        }
        return new Points(series, Instant.ofEpochSecond(from), step, values);
    }
}
