// SPDX-License-Identifier: Apache-2.0
package org.solera.storage.api;

import java.time.Instant;

/**
 * A multipart upload under way.
 *
 * @param id its id
 * @param key the object it will become
 * @param started when it began, UTC
 * @param metadata what the object will carry
 */
public record MultipartUpload(String id, ObjectKey key, Instant started, ObjectMetadata metadata) {}
