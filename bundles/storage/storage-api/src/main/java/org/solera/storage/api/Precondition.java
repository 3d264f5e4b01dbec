// SPDX-License-Identifier: Apache-2.0
package org.solera.storage.api;

import java.util.Optional;

/**
 * What must hold of the object that a write replaces, checked in the same step as the commit.
 *
 * @param ifMatch entity tag that it must have
 * @param ifAbsent whether it must not exist
 */
public record Precondition(Optional<String> ifMatch, boolean ifAbsent) {
    /** No condition. */
    public static final Precondition NONE = new Precondition(Optional.empty(), false);
}
