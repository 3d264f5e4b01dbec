// SPDX-License-Identifier: Apache-2.0
package org.solera.hardware.linux.internal;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

@ObjectClassDefinition(name = "Linux probe", description = "Reads what this machine is.")
@interface LinuxProbeConfig {
    @AttributeDefinition(
            name = "Root",
            description = "Folder that stands for the root of the machine. Set it to a recorded machine to run as that "
                    + "machine. Empty: the framework property solera.hardware.root, else /.",
            required = false)
    String root() default "";
}
