// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.api.history;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.osgi.annotation.versioning.ProviderType;
import org.solera.platform.api.SoleraException;

/**
 * Figures of the last 30 days in bounded space: every 15 s for 6 h, every minute for 2 days, every 10 minutes for 30 days.
 * Counters are kept as rates per second under their own name; a histogram {@code x_seconds} as the rate of its observations,
 * {@code x_seconds_count}, and as estimates of its median and 99th percentile, {@code x_seconds_p50} and
 * {@code x_seconds_p99}. At most 1,000 series. Thread-safe.
 */
@ProviderType
public interface MetricHistory {
    /**
     * A line of a graph.
     *
     * @param metric name of the metric
     * @param labels its labels
     * @param rate whether the values are per second
     */
    record Series(String metric, Map<String, String> labels, boolean rate) {
        public Series {
            labels = Map.copyOf(labels);
        }
    }

    /** How several records become one point. */
    enum Aggregate {
        AVERAGE,
        MAXIMUM
    }

    /**
     * Points of one series at equal distances.
     *
     * @param series which
     * @param from time of the first point
     * @param stepSeconds distance
     * @param values one for each step; NaN where nothing was recorded
     */
    record Points(Series series, Instant from, long stepSeconds, List<Double> values) {
        public Points {
            values = List.copyOf(values);
        }
    }

    /** {@return all series, by name} */
    List<Series> series();

    /**
     * Reads all series of a metric, averaged.
     *
     * @param steps most points of one series, 1 to 2,000
     * @throws SoleraException if the metric is not known or the time is not within the last 30 days
     */
    default List<Points> query(String metric, Instant from, Instant to, int steps) throws SoleraException {
        return query(metric, from, to, steps, Aggregate.AVERAGE);
    }

    /**
     * Reads all series of a metric.
     *
     * @param steps most points of one series, 1 to 2,000
     * @param aggregate what a point says of the time that it stands for
     * @throws SoleraException if the metric is not known or the time is not within the last 30 days
     */
    List<Points> query(String metric, Instant from, Instant to, int steps, Aggregate aggregate) throws SoleraException;
}
