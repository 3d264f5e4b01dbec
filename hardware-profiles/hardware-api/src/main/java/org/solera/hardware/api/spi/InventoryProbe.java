// SPDX-License-Identifier: Apache-2.0
package org.solera.hardware.api.spi;

import org.osgi.annotation.versioning.ConsumerType;
import org.solera.hardware.api.Inventory;

/** Reads what a machine is. Register it as a service; thread-safe. */
@ConsumerType
public interface InventoryProbe {
    /** {@return the facts found now; what cannot be read is left empty, never guessed} */
    Inventory probe();
}
