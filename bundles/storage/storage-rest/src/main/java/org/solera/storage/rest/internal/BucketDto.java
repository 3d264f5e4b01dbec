// SPDX-License-Identifier: Apache-2.0
package org.solera.storage.rest.internal;

import java.time.Instant;
import org.solera.storage.api.Bucket;

/**
 * A bucket.
 *
 * @param name its name
 * @param created when it was created, UTC
 * @param owner who created it
 */
public record BucketDto(String name, Instant created, String owner) {
    static BucketDto of(Bucket bucket) {
        return new BucketDto(bucket.name().value(), bucket.created(), bucket.owner());
    }
}
