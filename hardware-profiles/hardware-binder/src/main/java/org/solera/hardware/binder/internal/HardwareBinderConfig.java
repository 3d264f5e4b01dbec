// SPDX-License-Identifier: Apache-2.0
package org.solera.hardware.binder.internal;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

@ObjectClassDefinition(name = "Hardware binder", description = "Binds what the probes find to a hardware profile.")
@interface HardwareBinderConfig {
    @AttributeDefinition(
            name = "Interval",
            description = "Time between two probes of the machine, in seconds; 0 probes only when asked.",
            min = "0",
            max = "86400")
    int probeIntervalSeconds() default 600;

    @AttributeDefinition(
            name = "Profile",
            description = "Name of the profile that is in force whether it fits or not. Empty: the framework property "
                    + "solera.profile, else the most special profile that fits.",
            required = false)
    String profile() default "";
}
