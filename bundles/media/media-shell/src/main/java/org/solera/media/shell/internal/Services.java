// SPDX-License-Identifier: Apache-2.0
package org.solera.media.shell.internal;

import org.jspecify.annotations.Nullable;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceReference;
import org.solera.platform.api.DrainingException;
import org.solera.platform.api.SoleraException;

/** Holds a service for the time of one call, so that a command never keeps an old version alive. Stateless. */
final class Services {
    private Services() {}

    /** What a command does with a service. */
    @FunctionalInterface
    interface Call<S, R> {
        R with(S service) throws SoleraException, InterruptedException;
    }

    static <S, R> R call(@Nullable BundleContext context, Class<S> type, Call<S, R> call)
            throws SoleraException, InterruptedException {
        ServiceReference<S> reference = context == null ? null : context.getServiceReference(type);
        if (context == null || reference == null) {
            throw new DrainingException(type.getSimpleName());
        }
        S service = context.getService(reference);
        if (service == null) {
            throw new DrainingException(type.getSimpleName());
        }
        try {
            return call.with(service);
        } finally {
            context.ungetService(reference);
        }
    }
}
