// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.api.audit;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What to look for, newest first. Empty texts match everything.
 *
 * @param from not before; null for no bound
 * @param to before; null for no bound
 * @param who login name
 * @param action beginning of the action
 * @param outcome exact outcome
 * @param text part of target, details or message, whatever the case
 * @param before only records with a lower sequence; for the next page. {@link Long#MAX_VALUE} for the first
 * @param limit most records, 1 to 1,000
 */
public record AuditQuery(
        @Nullable Instant from,
        @Nullable Instant to,
        String who,
        String action,
        String outcome,
        String text,
        long before,
        int limit) {}
