// SPDX-License-Identifier: Apache-2.0
package org.solera.storage.engine.internal;

import org.solera.storage.api.Part;

/**
 * A part of an upload and where its content lies.
 *
 * @param part the part as its writer knows it
 * @param body its content
 */
record PartEntry(Part part, BodyRef body) {}
