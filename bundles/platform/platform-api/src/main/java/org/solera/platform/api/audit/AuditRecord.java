// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.api.audit;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One link of the chain. A change leaves two: the wish before it begins, and its outcome.
 *
 * @param sequence number, from 1 without a gap
 * @param time when it was written
 * @param event the change
 * @param outcome {@code begun}, {@code done}, {@code failed}, {@code refused} or {@code noted}
 * @param begun sequence of the record of the wish; null on that record itself and on {@code noted} and {@code refused}
 * @param code stable code of the failure; empty if none
 * @param message cause of the failure; empty if none
 * @param hash SHA-256 over the previous hash and this record, hexadecimal
 */
public record AuditRecord(
        long sequence,
        Instant time,
        AuditEvent event,
        String outcome,
        @Nullable Long begun,
        String code,
        String message,
        String hash) {}
