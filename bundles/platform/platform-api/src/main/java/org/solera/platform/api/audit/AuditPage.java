// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.api.audit;

import java.util.List;

/**
 * Records found, newest first.
 *
 * @param records the records
 * @param next what the next query passes as {@code before}; 0 when everything was searched. A page can be short, even
 *     empty, and not the last: one search reads a bounded number of records
 */
public record AuditPage(List<AuditRecord> records, long next) {
    public AuditPage {
        records = List.copyOf(records);
    }
}
