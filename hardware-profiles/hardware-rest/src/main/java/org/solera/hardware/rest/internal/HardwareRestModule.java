// SPDX-License-Identifier: Apache-2.0
package org.solera.hardware.rest.internal;

import java.util.Map;
import java.util.Set;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.solera.hardware.api.HardwareService;
import org.solera.platform.api.ServiceGate;
import org.solera.platform.api.spi.RestModule;

/** Offers the resources of the hardware domain to the REST server. Thread-safe. */
@Component(service = RestModule.class)
public final class HardwareRestModule implements RestModule {
    private static final Logger log = LoggerFactory.getLogger(HardwareRestModule.class);

    private final ServiceGate<HardwareService> hardware = new ServiceGate<>("The hardware service");
    private final Set<Object> resources = Set.of(new HardwareResource(hardware));

    /** Opens the module as a component. */
    @Activate
    public HardwareRestModule() {}

    /** Adds the hardware service, or a newer version of it. */
    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    void bindHardware(HardwareService service, Map<String, ?> properties) {
        hardware.bind(service, properties);
    }

    void unbindHardware(HardwareService service) {
        if (!hardware.unbind(service)) {
            log.warn("The hardware service was taken away while it was asked.");
        }
    }

    @Override
    public String domain() {
        return "hardware";
    }

    @Override
    public Set<Object> resources() {
        return resources;
    }
}
