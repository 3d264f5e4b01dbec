// SPDX-License-Identifier: Apache-2.0
package org.solera.storage.engine.internal;

/**
 * A body that belongs to an object or a part.
 *
 * @param id its name
 * @param sizeBytes length of its content, in bytes
 */
record BodyRef(BodyId id, long sizeBytes) {}
