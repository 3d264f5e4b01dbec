// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.notices.internal;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** Settings of the channel. */
@ObjectClassDefinition(name = "Notices by syslog")
@interface SyslogConfig {
    @AttributeDefinition(name = "In use")
    boolean enabled() default false;

    @AttributeDefinition(name = "Syslog server")
    String server() default "";

    @AttributeDefinition(name = "Port")
    int port() default 514;

    @AttributeDefinition(name = "Transport: udp, tcp, tls")
    String transport() default "udp";

    @AttributeDefinition(name = "Facility: local0 to local7, daemon, user")
    String facility() default "local0";

    @AttributeDefinition(name = "Certificates that are trusted, PEM")
    String authorityPem() default "";

    @AttributeDefinition(name = "Least severity: info, warning, critical")
    String minimumSeverity() default "warning";
}
