// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.notices.internal;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** Settings of the channel. */
@ObjectClassDefinition(name = "Notices by mail")
@interface MailConfig {
    @AttributeDefinition(name = "In use")
    boolean enabled() default false;

    @AttributeDefinition(name = "Mail server")
    String server() default "";

    @AttributeDefinition(name = "Port")
    int port() default 587;

    @AttributeDefinition(name = "Encryption: starttls, tls, none")
    String encryption() default "starttls";

    @AttributeDefinition(name = "User")
    String user() default "";

    @AttributeDefinition(name = "Password, sealed")
    String password() default "";

    @AttributeDefinition(name = "Address of the sender")
    String sender() default "";

    @AttributeDefinition(name = "Addresses of the recipients")
    String[] recipients() default {};

    @AttributeDefinition(name = "Language: en, zh")
    String language() default "en";

    @AttributeDefinition(name = "Certificates that are trusted, PEM")
    String authorityPem() default "";

    @AttributeDefinition(name = "Least severity: info, warning, critical")
    String minimumSeverity() default "warning";
}
