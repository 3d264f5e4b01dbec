// SPDX-License-Identifier: Apache-2.0
package org.solera.upgrade.rest.internal;

import java.time.Instant;
import java.util.List;
import org.solera.upgrade.api.SwapRecord;

/**
 * Wire form of a swap. The component names are the JSON contract of {@code /api/v1}.
 *
 * @param id number of the swap
 * @param bundle symbolic name
 * @param fromVersion version before
 * @param toVersion version asked for
 * @param phase where it stands
 * @param finished whether nothing follows
 * @param started when it began, UTC
 * @param updated when it last moved, UTC
 * @param failure in words what went wrong, and what to do; empty when nothing did
 * @param steps one sentence for each step
 */
public record SwapDto(
        long id,
        String bundle,
        String fromVersion,
        String toVersion,
        String phase,
        boolean finished,
        Instant started,
        Instant updated,
        String failure,
        List<String> steps) {
    public SwapDto {
        steps = List.copyOf(steps);
    }

    /** {@return the wire form of {@code swap}} */
    static SwapDto of(SwapRecord swap) {
        return new SwapDto(
                swap.id(),
                swap.bundle(),
                swap.fromVersion(),
                swap.toVersion(),
                swap.phase().name(),
                swap.phase().terminal(),
                swap.started(),
                swap.updated(),
                swap.failure(),
                swap.steps());
    }
}
