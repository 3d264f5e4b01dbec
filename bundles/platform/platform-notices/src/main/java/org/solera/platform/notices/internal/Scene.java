// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.notices.internal;

import java.util.Map;

/**
 * All that the rules look at, at one moment. Immutable as long as nobody changes the maps.
 *
 * @param readings readings by metric and subject
 */
record Scene(Map<String, Map<String, Reading>> readings) {
    /** Subject of the one notice that stands for all that a rule would tell beyond its bound. */
    static final String MORE = "more";

    /**
     * One value.
     *
     * @param value in the unit of the metric
     * @param words what may stand in a title: the labels, {@code part}, {@code detail}, {@code next}
     */
    record Reading(double value, Map<String, String> words) {}

    /** {@return the readings of a metric by subject; empty if it is not there} */
    Map<String, Reading> of(String metric) {
        return readings.getOrDefault(metric, Map.of());
    }
}
