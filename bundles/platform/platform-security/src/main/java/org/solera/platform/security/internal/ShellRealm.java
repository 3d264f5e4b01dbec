// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.security.internal;

import java.util.Map;
import javax.security.auth.login.AppConfigurationEntry;
import javax.security.auth.login.AppConfigurationEntry.LoginModuleControlFlag;
import org.apache.karaf.jaas.boot.ProxyLoginModule;
import org.apache.karaf.jaas.config.JaasRealm;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;

/** Takes the place of Karaf's own realm, so that the shell knows the accounts of the appliance and no other. */
@Component(service = JaasRealm.class)
public final class ShellRealm implements JaasRealm {
    private static final int ABOVE_THE_FILES_OF_KARAF = 100;

    private final AppConfigurationEntry[] entries;

    @Activate
    public ShellRealm(BundleContext context) {
        this.entries = new AppConfigurationEntry[] {
            new AppConfigurationEntry(
                    ProxyLoginModule.class.getName(),
                    LoginModuleControlFlag.REQUIRED,
                    Map.of(
                            BundleContext.class.getName(),
                            context,
                            ProxyLoginModule.PROPERTY_MODULE,
                            AccountLoginModule.class.getName(),
                            ProxyLoginModule.PROPERTY_BUNDLE,
                            Long.toString(context.getBundle().getBundleId())))
        };
    }

    @Override
    public String getName() {
        return "karaf";
    }

    @Override
    public int getRank() {
        return ABOVE_THE_FILES_OF_KARAF;
    }

    @Override
    public AppConfigurationEntry[] getEntries() {
        return entries.clone();
    }
}
