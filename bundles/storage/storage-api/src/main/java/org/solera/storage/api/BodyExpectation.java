// SPDX-License-Identifier: Apache-2.0
package org.solera.storage.api;

import java.util.Optional;

/**
 * What a body must be; a body that is not is refused before anything becomes visible.
 *
 * @param sizeBytes exact length in bytes, or -1 when unknown
 * @param maxBytes longest length allowed, in bytes
 * @param md5Hex MD5 that it must have
 * @param sha256Hex SHA-256 that it must have
 */
public record BodyExpectation(long sizeBytes, long maxBytes, Optional<String> md5Hex, Optional<String> sha256Hex) {
    /** {@return no expectation but a greatest length} */
    public static BodyExpectation atMost(long maxBytes) {
        return new BodyExpectation(-1, maxBytes, Optional.empty(), Optional.empty());
    }
}
