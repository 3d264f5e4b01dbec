// SPDX-License-Identifier: Apache-2.0
package org.solera.storage.s3.internal;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** Configuration of the S3 edge. */
@ObjectClassDefinition(name = "S3", description = "The S3 protocol.")
@interface S3Config {
    @AttributeDefinition(
            name = "Base domain",
            description = "Names before this domain are buckets (virtual-host style); empty for path style alone.")
    String baseDomain() default "";
}
