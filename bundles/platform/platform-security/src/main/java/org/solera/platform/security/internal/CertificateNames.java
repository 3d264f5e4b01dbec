// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.security.internal;

import java.util.ArrayList;
import java.util.List;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;

/** Names that certificates are good for beside those of this machine. Immutable. */
@Component(
        service = CertificateNames.class,
        configurationPid = {CertificateNames.PID, CertificateNames.NETWORK})
public final class CertificateNames {
    /** PID of its configuration. */
    static final String PID = "solera.platform.certificate";

    /** PID of the network settings, which name the host. */
    static final String NETWORK = "solera.platform.network";

    /** Configuration of the names, of two PIDs: host names and addresses. */
    public @interface Config {
        String[] extraNames() default {};

        String hostName() default "";
    }

    private final List<String> extra;

    @Activate
    public CertificateNames(Config config) {
        List<String> names = new ArrayList<>(List.of(config.extraNames()));
        names.add(config.hostName());
        this.extra = names.stream()
                .map(name -> MachineNames.folded(name.strip()))
                .filter(MachineNames::isName)
                .toList();
    }

    List<String> extra() {
        return extra;
    }
}
