// SPDX-License-Identifier: Apache-2.0
package org.solera.storage.rest.internal;

import java.time.Instant;
import org.solera.storage.api.StoredObject;

/**
 * An object of a listing.
 *
 * @param key its key
 * @param sizeBytes length, in bytes
 * @param etag entity tag
 * @param modified when it was stored, UTC
 * @param contentType media type
 */
public record ObjectDto(String key, long sizeBytes, String etag, Instant modified, String contentType) {
    static ObjectDto of(StoredObject object) {
        return new ObjectDto(
                object.key().key(),
                object.sizeBytes(),
                object.etag(),
                object.modified(),
                object.metadata().contentType());
    }
}
