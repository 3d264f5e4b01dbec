// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.rest.internal;

import java.time.Clock;
import java.util.Set;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.solera.platform.api.Appliance;
import org.solera.platform.api.HealthTree;
import org.solera.platform.api.spi.RestModule;
import org.solera.platform.net.api.Ports;

/** What the appliance says about itself, under {@code /api/v1/system}. */
@Component(service = RestModule.class)
public final class SystemRestModule implements RestModule {
    private final Set<Object> resources;

    @Activate
    public SystemRestModule(
            BundleContext context,
            @Reference Appliance appliance,
            @Reference HealthTree health,
            @Reference Ports ports,
            @Reference Clock clock) {
        this.resources = Set.of(new SystemResource(context, appliance, health, ports, clock));
    }

    @Override
    public String domain() {
        return "system";
    }

    @Override
    public Set<Object> resources() {
        return resources;
    }
}
