// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.api.notices;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Something that needs attention, or did.
 *
 * @param id unique id
 * @param rule id of the rule
 * @param subject which series or part: {@code drive="d2"}
 * @param severity how bad it is
 * @param title what happened, in English
 * @param titleZh the same in Simplified Chinese
 * @param nextAction what to do, in English
 * @param nextActionZh the same in Simplified Chinese
 * @param value last value seen
 * @param since since when
 * @param endedAt when it was over; null while it holds
 * @param acknowledgedBy who has taken it up; empty for nobody
 * @param acknowledgedAt when
 * @param silencedUntil until when nobody is told of it again; null if not silenced
 * @param delivery outcome of the deliveries, one sentence; empty before the first
 */
public record Notice(
        String id,
        String rule,
        String subject,
        Severity severity,
        String title,
        String titleZh,
        String nextAction,
        String nextActionZh,
        double value,
        Instant since,
        @Nullable Instant endedAt,
        String acknowledgedBy,
        @Nullable Instant acknowledgedAt,
        @Nullable Instant silencedUntil,
        String delivery) {}
