// SPDX-License-Identifier: Apache-2.0
package org.solera.media.rest.internal;

import org.solera.media.api.MediaOperations.Grammar;

/**
 * Wire form of the help on one operation.
 *
 * @param form how it is written
 * @param meaning what it does, with the ranges of its values
 */
public record OperationDto(String form, String meaning) {
    static OperationDto of(Grammar grammar) {
        return new OperationDto(grammar.form(), grammar.meaning());
    }
}
