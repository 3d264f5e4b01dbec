// SPDX-License-Identifier: Apache-2.0
package org.solera.storage.api;

import java.time.Instant;

/**
 * An object as it is stored.
 *
 * @param key its full name
 * @param sizeBytes length of the body, in bytes
 * @param etag entity tag without quotes: MD5 in hex, for multipart uploads with {@code -<parts>} behind it
 * @param modified when it was committed, UTC, whole milliseconds
 * @param metadata what its writer said about it
 */
public record StoredObject(ObjectKey key, long sizeBytes, String etag, Instant modified, ObjectMetadata metadata) {}
