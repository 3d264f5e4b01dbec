// SPDX-License-Identifier: Apache-2.0
package org.solera.storage.api;

import java.time.Instant;

/**
 * A part of a multipart upload.
 *
 * @param number 1 to 10,000
 * @param sizeBytes length, in bytes
 * @param etag MD5 of the part, lower-case hex
 * @param stored when it was stored, UTC
 */
public record Part(int number, long sizeBytes, String etag, Instant stored) {
    /**
     * A part as a completion names it.
     *
     * @param number 1 to 10,000
     * @param etag entity tag that the part must have
     */
    public record Ref(int number, String etag) {}
}
