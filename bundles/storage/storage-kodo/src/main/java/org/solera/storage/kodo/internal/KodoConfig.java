// SPDX-License-Identifier: Apache-2.0
package org.solera.storage.kodo.internal;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** Settings of downloads. */
@ObjectClassDefinition(name = "Download", description = "Serves objects for download, as Kodo does.")
public @interface KodoConfig {
    /** {@return names of the buckets that everybody may read without a signed address} */
    @AttributeDefinition(
            name = "Public buckets",
            description = "Buckets whose objects are served without a signed address.")
    String[] publicBuckets() default {};
}
