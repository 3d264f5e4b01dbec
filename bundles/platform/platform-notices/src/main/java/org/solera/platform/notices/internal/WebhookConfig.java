// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.notices.internal;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** Settings of the channel. */
@ObjectClassDefinition(name = "Notices by webhook")
@interface WebhookConfig {
    @AttributeDefinition(name = "In use")
    boolean enabled() default false;

    @AttributeDefinition(name = "Address")
    String url() default "";

    @AttributeDefinition(name = "Secret of the signature, sealed")
    String secret() default "";

    @AttributeDefinition(name = "Certificates that are trusted, PEM")
    String authorityPem() default "";

    @AttributeDefinition(name = "Least severity: info, warning, critical")
    String minimumSeverity() default "warning";
}
