// SPDX-License-Identifier: Apache-2.0
package org.solera.upgrade.api;

import java.time.Instant;
import java.util.List;

/**
 * What became of a swap.
 *
 * @param id number of the swap, ascending
 * @param bundle symbolic name
 * @param fromVersion version before
 * @param toVersion version asked for
 * @param phase where it stands
 * @param started when it began, UTC
 * @param updated when it last moved, UTC
 * @param failure in words why it was taken back, and what to do; empty when it was not
 * @param steps one sentence for each step that was taken, with its duration
 */
public record SwapRecord(
        long id,
        String bundle,
        String fromVersion,
        String toVersion,
        SwapPhase phase,
        Instant started,
        Instant updated,
        String failure,
        List<String> steps) {
    public SwapRecord {
        steps = List.copyOf(steps);
    }
}
