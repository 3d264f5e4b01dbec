// SPDX-License-Identifier: Apache-2.0
package org.solera.hardware.shell.internal;

import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.osgi.framework.BundleContext;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceReference;
import org.solera.platform.api.DrainingException;
import org.solera.platform.api.ServiceRank;
import org.solera.platform.api.SoleraException;

/** Lends the newest version of a service to one command, so that no command holds a version that is to go. */
final class Newest {
    private Newest() {}

    /** What a command does with the service. */
    @FunctionalInterface
    interface Work<S, R> {
        R with(S service) throws SoleraException;
    }

    /**
     * Runs the work of a command.
     *
     * @param what the service, as people know it
     * @throws DrainingException if no version of the service is there
     */
    static <S, R> R use(BundleContext context, Class<S> type, String what, Work<S, R> work) throws SoleraException {
        ServiceReference<S> reference = find(context, type).orElseThrow(() -> new DrainingException(what));
        try {
            S service = context.getService(reference);
            if (service == null) {
                throw new DrainingException(what);
            }
            return work.with(service);
        } finally {
            context.ungetService(reference);
        }
    }

    private static <S> Optional<ServiceReference<S>> find(BundleContext context, Class<S> type) {
        try {
            Collection<ServiceReference<S>> references = context.getServiceReferences(type, null);
            return references.stream().max(Comparator.comparing(Newest::rank));
        } catch (InvalidSyntaxException impossible) {
            throw new IllegalStateException("No filter was given", impossible);
        }
    }

    private static ServiceRank rank(ServiceReference<?> reference) {
        Map<String, Object> properties = new HashMap<>();
        for (String key : reference.getPropertyKeys()) {
            properties.put(key, reference.getProperty(key));
        }
        return ServiceRank.of(properties);
    }
}
