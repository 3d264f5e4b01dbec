// SPDX-License-Identifier: Apache-2.0
package org.solera.storage.api;

import java.time.Instant;

/**
 * A bucket.
 *
 * @param name its name
 * @param created when it was created, UTC
 * @param owner the login name of whoever created it
 */
public record Bucket(BucketName name, Instant created, String owner) {}
