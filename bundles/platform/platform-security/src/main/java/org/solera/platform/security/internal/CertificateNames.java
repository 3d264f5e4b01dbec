// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.security.internal;

import java.util.List;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** Names that certificates are good for beside those of this machine. Immutable. */
@Component(service = CertificateNames.class, configurationPid = CertificateNames.PID)
@Designate(ocd = CertificateNames.Config.class)
public final class CertificateNames {
    /** PID of its configuration. */
    static final String PID = "solera.platform.certificate";

    /** Configuration of the names. */
    @ObjectClassDefinition(name = "Certificate", description = "The certificate that the appliance makes itself.")
    public @interface Config {
        @AttributeDefinition(name = "Further names", description = "Host names and addresses.")
        String[] extraNames() default {};
    }

    private final List<String> extra;

    @Activate
    public CertificateNames(Config config) {
        this.extra = List.of(config.extraNames());
    }

    List<String> extra() {
        return extra;
    }
}
