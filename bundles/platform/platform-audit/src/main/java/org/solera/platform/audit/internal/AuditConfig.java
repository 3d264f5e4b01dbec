// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.audit.internal;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

@ObjectClassDefinition(name = "Audit", description = "The record of who changed what.")
@interface AuditConfig {
    /** Two GiB: about five million records. */
    long KEEP_BYTES = 2L << 30;

    @AttributeDefinition(
            name = "Space",
            description = "Space for records, in bytes. When it is used up, the oldest segment goes.",
            min = "67108864")
    long keepBytes() default KEEP_BYTES;
}
