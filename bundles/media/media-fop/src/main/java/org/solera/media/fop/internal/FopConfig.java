// SPDX-License-Identifier: Apache-2.0
package org.solera.media.fop.internal;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** Settings of media operations. */
@ObjectClassDefinition(name = "Media operations", description = "Runs operation strings and keeps their results.")
public @interface FopConfig {
    /** {@return memory for results, in MiB; 0 for none} */
    @AttributeDefinition(name = "Cache", description = "Memory for results, in MiB; 0 for none.", min = "0")
    int cacheMiB() default 64;

    /** {@return the longest wait for the same operation that another request began, in seconds} */
    @AttributeDefinition(
            name = "Shared wait",
            description = "Longest wait for the same operation of another request, in seconds.",
            min = "1")
    int sharedWaitSeconds() default 60;
}
