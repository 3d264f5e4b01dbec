// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.notices.internal;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** What people changed about the rules. */
@ObjectClassDefinition(name = "Rules of notices", description = "Changes to the rules that every box comes with.")
@interface RulesConfig {
    @AttributeDefinition(
            name = "Changes",
            description =
                    "One text for each changed rule: id, threshold in the unit of its metric, seconds for which it"
                            + " has to hold, severity, true or false for enabled; with blanks between.")
    String[] changes() default {};
}
