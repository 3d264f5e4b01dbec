// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.api.spi;

import org.osgi.annotation.versioning.ConsumerType;
import org.solera.platform.api.HealthReport;

/** Says how one part of the appliance is. Register it as a service; it is asked every few seconds and must be quick. */
@ConsumerType
public interface HealthCheck {
    /** {@return dotted name of the part, {@code <domain>.<part>}} */
    String name();

    /** {@return how the part is now; an exception counts as down} */
    HealthReport check();
}
