// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.core.internal;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** What must be there before the appliance is ready. Features supply it, because they know what is installed. */
@ObjectClassDefinition(name = "Health", description = "What must be there before the appliance is ready.")
public @interface HealthConfig {
    @AttributeDefinition(name = "Required checks", description = "Names of health checks, separated by commas.")
    String[] required() default {};

    @AttributeDefinition(name = "Required services", description = "Names of service types, separated by commas.")
    String[] requiredServices() default {};
}
