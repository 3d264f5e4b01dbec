// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.net.internal;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;
import org.solera.platform.net.api.PortSpec;

/** One port; factory PID {@code solera.net.port}. */
@ObjectClassDefinition(name = "Port", description = "A port beside the standard ones, or instead of one.")
public @interface PortConfig {
    @AttributeDefinition(name = "Name", description = "The name by which handlers find the port.")
    String name();

    @AttributeDefinition(
            name = "Number",
            description = "The number before the port offset of the appliance is added; 0 for any free one.",
            min = "0",
            max = "65535")
    int number();

    @AttributeDefinition(name = "Kind", description = "What is spoken: HTTP, TCP or UDP.")
    PortSpec.Kind kind() default PortSpec.Kind.HTTP;

    @AttributeDefinition(name = "TLS required", description = "Whether plain connections are refused.")
    boolean requireTls() default false;
}
