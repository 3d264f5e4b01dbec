// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.history.internal;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.solera.platform.api.history.MetricHistory.Series;
import org.solera.platform.api.history.Snapshot;
import org.solera.platform.api.history.Snapshot.Figure;

/**
 * Turns what sources count since they began into what happens now: counters into rates, histograms into the rate of
 * their observations and estimates of quantiles. A counter that fell was begun anew; what happened in that interval is not
 * known. Confined to one thread; remembers one snapshot.
 */
final class Rates {
    private static final double NANOS = 1e9;

    private Map<String, Figure> before = Map.of();
    private long beforeNanos;

    /**
     * @param now the figures
     * @param nanos a monotonic time
     * @return a value for each series; NaN where nothing is known yet
     */
    Map<Series, Double> advance(Snapshot now, long nanos) {
        double seconds = (nanos - beforeNanos) / NANOS;
        Map<Series, Double> values = new HashMap<>();
        Map<String, Figure> counted = new HashMap<>();
        for (Figure figure : now.figures()) {
            if (figure.kind() == Snapshot.Kind.GAUGE) {
                values.put(new Series(figure.name(), figure.labels(), false), figure.value());
                continue;
            }
            String key = figure.name() + '{' + figure.subject() + '}';
            counted.put(key, figure);
            Figure last = before.get(key);
            if (figure.kind() == Snapshot.Kind.COUNTER) {
                double rate = last == null ? Double.NaN : rate(figure.value() - last.value(), seconds);
                values.put(new Series(figure.name(), figure.labels(), true), rate);
            } else {
                histogram(figure, last, seconds, values);
            }
        }
        before = counted;
        beforeNanos = nanos;
        return values;
    }

    private static double rate(double grown, double seconds) {
        return grown < 0 || seconds <= 0 ? Double.NaN : grown / seconds;
    }

    private static void histogram(Figure figure, @Nullable Figure last, double seconds, Map<Series, Double> values) {
        long[] grown = new long[figure.counts().length];
        long observations = 0;
        long[] old = last == null ? new long[0] : last.counts();
        boolean known = old.length == grown.length;
        for (int i = 0; known && i < grown.length; i++) {
            grown[i] = figure.counts()[i] - old[i];
            observations += grown[i];
            known = grown[i] >= 0;
        }
        double rate = known ? rate(observations, seconds) : Double.NaN;
        values.put(new Series(figure.name() + "_count", figure.labels(), true), rate);
        double[] bounds = figure.bounds();
        values.put(
                new Series(figure.name() + "_p50", figure.labels(), false),
                known ? quantile(0.5, bounds, grown) : Double.NaN);
        values.put(
                new Series(figure.name() + "_p99", figure.labels(), false),
                known ? quantile(0.99, bounds, grown) : Double.NaN);
    }

    /**
     * Estimates a quantile; observations lie evenly within their bucket, those above the last bound at the last bound.
     *
     * @return NaN if there are no observations
     */
    static double quantile(double share, double[] bounds, long[] counts) {
        long all = 0;
        for (long count : counts) {
            all += count;
        }
        if (all == 0 || bounds.length == 0) {
            return Double.NaN;
        }
        double wanted = share * all;
        double below = 0;
        for (int i = 0; i < bounds.length; i++) {
            if (counts[i] > 0 && below + counts[i] >= wanted) {
                double low = i == 0 ? Math.min(0, bounds[0]) : bounds[i - 1];
                return low + (bounds[i] - low) * (wanted - below) / counts[i];
            }
            below += counts[i];
        }
        return bounds[bounds.length - 1];
    }
}
