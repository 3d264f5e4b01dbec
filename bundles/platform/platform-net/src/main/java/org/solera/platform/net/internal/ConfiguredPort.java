// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.net.internal;

import java.util.Hashtable;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.metatype.annotations.Designate;
import org.solera.platform.net.api.PortSpec;

/** Registers the port of one configuration, above what capabilities register. */
@Component(
        service = ConfiguredPort.class,
        immediate = true,
        configurationPid = "solera.net.port",
        configurationPolicy = ConfigurationPolicy.REQUIRE)
@Designate(ocd = PortConfig.class, factory = true)
public final class ConfiguredPort {
    private static final int ABOVE_CAPABILITIES = 1_000;

    private final ServiceRegistration<PortSpec> registration;

    @Activate
    public ConfiguredPort(BundleContext context, PortConfig config) {
        Hashtable<String, Object> properties = new Hashtable<>();
        properties.put(Constants.SERVICE_RANKING, ABOVE_CAPABILITIES);
        PortSpec spec = new PortSpec(config.name(), config.number(), config.kind(), config.requireTls());
        registration = context.registerService(PortSpec.class, spec, properties);
    }

    @Deactivate
    void stop() {
        registration.unregister();
    }
}
