// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.api.audit;

/**
 * What a check of the whole chain found.
 *
 * @param whole whether nothing was changed, removed, added or reordered
 * @param records number of records checked
 * @param first sequence of the first record that is kept
 * @param broken sequence of the first record that is changed or missing; 0 if whole
 * @param detail what was found, as a sentence
 */
public record AuditVerdict(boolean whole, long records, long first, long broken, String detail) {}
