// SPDX-License-Identifier: Apache-2.0
package org.solera.storage.s3.internal;

import java.io.IOException;
import java.io.InputStream;
import org.solera.platform.api.DrainingException;
import org.solera.platform.api.ServiceGate;
import org.solera.storage.api.BodyExpectation;
import org.solera.storage.api.ObjectStore;
import org.solera.storage.api.StagedBody;
import org.solera.storage.api.StorageException;

/**
 * Enters the gate of the store for each step anew. A step that meets a version which just gave up its right is done again
 * with the next version, so a request survives the replacement of the engine. Thread-safe.
 */
final class StoreAccess {
    private final ServiceGate<ObjectStore> gate;

    /** One short step. */
    @FunctionalInterface
    interface Step<T> {
        T run(ObjectStore store) throws StorageException, DrainingException;
    }

    StoreAccess(ServiceGate<ObjectStore> gate) {
        this.gate = gate;
    }

    <T> T call(Step<T> step) throws StorageException, DrainingException, InterruptedException {
        return gate.call(step::run);
    }

    /**
     * Stages a body. Leaves the gate before the body is read: a long upload must not hold up a hand-over; the engine counts
     * it and is not removed before it ends.
     */
    StagedBody stage(InputStream body, BodyExpectation expectation)
            throws IOException, StorageException, DrainingException, InterruptedException {
        DrainingException last = new DrainingException("The object store");
        for (int attempt = 0; attempt < ServiceGate.ATTEMPTS; attempt++) {
            ObjectStore store;
            try (ServiceGate.Use<ObjectStore> use = gate.enter()) {
                store = use.service();
            }
            try {
                return store.stage(body, expectation);
            } catch (DrainingException draining) { // refused before the first byte was read
                last = draining;
            }
        }
        throw last;
    }

    /** Removes a staged body that will not be committed; best effort, the engine removes what is left after a day. */
    void discard(StagedBody staged) throws InterruptedException {
        try (ServiceGate.Use<ObjectStore> use = gate.enter()) {
            use.service().discard(staged);
        } catch (DrainingException later) {
            return;
        }
    }
}
