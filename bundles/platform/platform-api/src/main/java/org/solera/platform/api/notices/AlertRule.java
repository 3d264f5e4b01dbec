// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.api.notices;

import java.time.Duration;

/**
 * When to tell somebody. A rule looks at every series of one metric, or at every part of the health tree.
 *
 * @param id stable name: {@code storage-capacity}
 * @param title what it means, in English; {@code {label}} stands for the label of the series, {@code {value}} for its value
 * @param titleZh the same in Simplified Chinese
 * @param nextAction what to do, in English
 * @param nextActionZh the same in Simplified Chinese
 * @param severity how bad it is
 * @param metric name of the metric; {@code health} for the health tree, whose value is 1 for a part that is down;
 *     {@code health:<part>} for one part and those below it, whose value is 1 if degraded and 2 if down;
 *     {@code <counter>:increase10m} and {@code :increase1h} for what a counter grew by
 * @param comparison how the value is compared with the threshold
 * @param threshold in the unit of the metric
 * @param lasting how long it has to hold before anybody is told
 * @param enabled whether it is looked at
 */
public record AlertRule(
        String id,
        String title,
        String titleZh,
        String nextAction,
        String nextActionZh,
        Severity severity,
        String metric,
        Comparison comparison,
        double threshold,
        Duration lasting,
        boolean enabled) {
    /** How a value is compared. */
    public enum Comparison {
        ABOVE,
        BELOW
    }
}
