// SPDX-License-Identifier: Apache-2.0
package org.solera.storage.rest.internal;

import org.jspecify.annotations.Nullable;

/**
 * A bucket to create.
 *
 * @param name its name
 */
public record NewBucketDto(@Nullable String name) {}
