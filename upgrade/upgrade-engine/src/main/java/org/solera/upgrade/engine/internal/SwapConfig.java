// SPDX-License-Identifier: Apache-2.0
package org.solera.upgrade.engine.internal;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** How long each step of a swap may take. */
@ObjectClassDefinition(name = "Swap of bundles", description = "How long each step of a swap may take.")
public @interface SwapConfig {
    @AttributeDefinition(
            name = "Start",
            description = "Longest time in which a new version must start and become healthy, in seconds.",
            min = "1")
    int startSeconds() default 30;

    @AttributeDefinition(
            name = "Soak",
            description = "Time for which a new version must stay healthy before it is committed, in milliseconds.",
            min = "0")
    int soakMillis() default 1_500;

    @AttributeDefinition(
            name = "Drain",
            description = "Longest time for the old version to finish its work, in seconds.",
            min = "1")
    int drainSeconds() default 60;

    @AttributeDefinition(
            name = "Removal",
            description = "Longest time for the framework to let go of the old version, in seconds.",
            min = "1")
    int removalSeconds() default 10;
}
