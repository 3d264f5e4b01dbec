// SPDX-License-Identifier: Apache-2.0
package org.solera.storage.shell.internal;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceReference;
import org.osgi.util.tracker.ServiceTracker;
import org.osgi.util.tracker.ServiceTrackerCustomizer;
import org.solera.platform.api.DrainingException;
import org.solera.platform.api.ServiceGate;
import org.solera.platform.api.SoleraException;
import org.solera.storage.api.ObjectStore;

/** Lends the object store to one command: the best version, and the next one when it is being replaced. */
final class Stores {
    /** What a command does with the store. */
    @FunctionalInterface
    interface Step<T> {
        T run(ObjectStore store) throws SoleraException;
    }

    private Stores() {}

    static <T> T call(@Nullable BundleContext context, Step<T> step) throws SoleraException, InterruptedException {
        if (context == null) {
            throw new DrainingException("The object store");
        }
        ServiceGate<ObjectStore> gate = new ServiceGate<>("The object store");
        ServiceTracker<ObjectStore, ObjectStore> tracker = new ServiceTracker<>(
                context, ObjectStore.class, new ServiceTrackerCustomizer<ObjectStore, ObjectStore>() {
                    @Override
                    public ObjectStore addingService(ServiceReference<ObjectStore> reference) {
                        ObjectStore store = context.getService(reference);
                        gate.bind(
                                store,
                                Map.of("service.bundleid", reference.getBundle().getBundleId()));
                        return store;
                    }

                    @Override
                    public void modifiedService(ServiceReference<ObjectStore> reference, ObjectStore store) {
                        // its properties do not matter
                    }

                    @Override
                    public void removedService(ServiceReference<ObjectStore> reference, ObjectStore store) {
                        if (gate.unbind(store)) {
                            context.ungetService(reference);
                        }
                    }
                });
        tracker.open();
        try {
            return gate.<T, SoleraException>call(step::run);
        } finally {
            tracker.close();
        }
    }
}
