// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.backup.internal;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** When backups are made by themselves, and where all of them are. */
@ObjectClassDefinition(name = "Backups", description = "When backups are made, and where they are.")
public @interface BackupPlanConfig {
    @AttributeDefinition(name = "Every day", description = "Whether a backup is made every day.")
    boolean scheduled() default false;

    @AttributeDefinition(
            name = "Hour",
            description = "Hour of the day in the zone of the settings of time.",
            max = "23")
    int hourOfDay() default 2;

    @AttributeDefinition(name = "Kept", description = "How many automatic backups are kept.", min = "1")
    int keepCount() default 7;

    @AttributeDefinition(name = "Folder", description = "Where backups are; empty for the data folder.")
    String folder() default "";

    @AttributeDefinition(name = "Passphrase", description = "Passphrase of automatic backups, sealed.")
    String passphrase() default "";
}
