// SPDX-License-Identifier: Apache-2.0
package org.solera.storage.engine.internal;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** Configuration of the engine. */
@ObjectClassDefinition(name = "Storage engine", description = "Keeps objects on drives.")
@interface EngineConfig {
    @AttributeDefinition(
            name = "Reserve",
            description = "Space of each drive that writes leave free, in MiB.",
            min = "1")
    long reserveMiB() default 64;

    @AttributeDefinition(
            name = "Reserve share",
            description = "The same in percent of the drive; the greater of the two counts.",
            min = "0",
            max = "50")
    int reservePercent() default 1;

    @AttributeDefinition(
            name = "Most bodies",
            description = "Most bodies of objects and parts; each costs about 600 bytes of heap.",
            min = "1")
    int maxBodies() default 500_000;

    @AttributeDefinition(
            name = "Staging life",
            description = "Age at which a body that belongs to no object is removed, in hours.",
            min = "2")
    int stagingHours() default 24;

    @AttributeDefinition(
            name = "Upload life",
            description = "Time without a new part after which a multipart upload is given up, in days.",
            min = "1")
    int uploadDays() default 7;

    @AttributeDefinition(
            name = "Heal rate",
            description = "Upper bound of copying in the background, in MiB/s.",
            min = "1")
    long healRateMiBps() default 64;

    @AttributeDefinition(
            name = "Drive check",
            description = "Time between two looks at the drives, in seconds.",
            min = "1")
    int driveCheckSeconds() default 5;
}
