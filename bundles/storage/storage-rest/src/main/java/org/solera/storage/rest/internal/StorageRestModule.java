// SPDX-License-Identifier: Apache-2.0
package org.solera.storage.rest.internal;

import static org.osgi.service.component.annotations.ReferenceCardinality.MULTIPLE;
import static org.osgi.service.component.annotations.ReferencePolicy.DYNAMIC;

import java.util.Map;
import java.util.Set;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.solera.platform.api.ServiceGate;
import org.solera.platform.api.spi.RestModule;
import org.solera.storage.api.ObjectStore;

/** Offers the resources of storage under {@code /api/v1/storage}. */
@Component(service = RestModule.class)
public final class StorageRestModule implements RestModule {
    private static final Logger log = LoggerFactory.getLogger(StorageRestModule.class);

    private final ServiceGate<ObjectStore> stores = new ServiceGate<>("The object store");

    @Reference(cardinality = MULTIPLE, policy = DYNAMIC)
    void bindStore(ObjectStore store, Map<String, ?> properties) {
        stores.bind(store, properties);
    }

    void unbindStore(ObjectStore store) {
        if (!stores.unbind(store)) {
            log.warn("A version of the object store went while it was called");
        }
    }

    @Override
    public String domain() {
        return "storage";
    }

    @Override
    public Set<Object> resources() {
        return Set.of(new StorageResource(stores));
    }
}
