// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.api.spi;

import org.osgi.annotation.versioning.ConsumerType;
import org.solera.platform.api.OwnerEpoch;
import org.solera.platform.api.SoleraException;

/**
 * Owns something that cannot be owned twice: drives, an index, a journal. Register it as a service with the property
 * {@code solera.owner.resource}; {@link org.solera.platform.api.OwnerRegistry} calls {@link #open} when it is its turn.
 */
@ConsumerType
public interface ExclusiveOwner {
    /** Service property with the name of the resource. */
    String RESOURCE = "solera.owner.resource";

    /**
     * Becomes the owner. Must take less than 3 s: opening is never a rebuild.
     *
     * @param epoch the right under which it works, until {@link #close}
     * @throws SoleraException if it cannot work; it stays in standby
     */
    void open(OwnerEpoch epoch) throws SoleraException;

    /** Flushes, gives the resource up and returns to standby. What was acknowledged is durable afterwards. */
    void close();
}
