// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.api.spi;

import org.osgi.annotation.versioning.ConsumerType;

/** Gives the figures of one part when they are asked for. Register it as a service; must be quick and thread-safe. */
@ConsumerType
public interface MetricSource {
    /** Writes the current figures. */
    void collect(Sink sink);

    /** Takes figures; names follow {@code solera_<domain>_<what>_<unit>}. */
    interface Sink {
        /**
         * A value that only grows; its name ends in {@code _total}.
         *
         * @param labels label names and values in turn
         */
        void counter(String name, String help, double value, String... labels);

        /**
         * A value that goes up and down.
         *
         * @param labels label names and values in turn
         */
        void gauge(String name, String help, double value, String... labels);

        /**
         * A distribution.
         *
         * @param bounds upper bounds of the buckets, ascending, in the unit of the name
         * @param counts number of observations in each bucket (not cumulated), one more than bounds
         * @param sum sum of all observations
         * @param labels label names and values in turn
         */
        void histogram(String name, String help, double[] bounds, long[] counts, double sum, String... labels);
    }
}
