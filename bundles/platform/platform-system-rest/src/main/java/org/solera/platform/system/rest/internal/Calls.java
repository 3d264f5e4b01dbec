// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.system.rest.internal;

import org.solera.platform.api.PlatformError;
import org.solera.platform.api.ServiceGate;
import org.solera.platform.api.SoleraException;

/** Calls a service that can be replaced, or be absent: then the answer is a 503. Stateless. */
final class Calls {
    private Calls() {}

    /** What is asked of a service. */
    interface Call<S, R> {
        R of(S service) throws SoleraException;
    }

    static <S, R> R ask(ServiceGate<S> gate, Call<S, R> call) throws SoleraException {
        try {
            return gate.<R, SoleraException>call(call::of);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new SoleraException(
                    PlatformError.DRAINING, "The request was interrupted.", "Try again in a moment.", interrupted);
        }
    }
}
