// SPDX-License-Identifier: Apache-2.0
package org.solera.storage.engine.internal;

import java.util.List;
import org.solera.storage.api.StoredObject;

/**
 * The manifest of an object: what it is and which bodies it consists of.
 *
 * @param object the object as its readers know it
 * @param bodies its bodies, in order
 */
record ObjectEntry(StoredObject object, List<BodyRef> bodies) {
    ObjectEntry {
        bodies = List.copyOf(bodies);
    }
}
