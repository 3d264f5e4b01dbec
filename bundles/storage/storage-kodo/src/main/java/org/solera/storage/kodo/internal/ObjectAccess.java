// SPDX-License-Identifier: Apache-2.0
package org.solera.storage.kodo.internal;

import java.util.Optional;
import org.solera.platform.api.ServiceGate;
import org.solera.platform.api.SoleraException;
import org.solera.storage.api.ObjectKey;
import org.solera.storage.api.ObjectReader;
import org.solera.storage.api.ObjectStore;
import org.solera.storage.api.StorageError;
import org.solera.storage.api.StorageException;
import org.solera.storage.api.StoredObject;

/**
 * Finds and opens objects in whichever version of the store serves now. Only the opening counts as a call of the store;
 * what is read afterwards does not hold up a hand-over. Thread-safe.
 */
final class ObjectAccess {
    private final ServiceGate<ObjectStore> stores;

    ObjectAccess(ServiceGate<ObjectStore> stores) {
        this.stores = stores;
    }

    StoredObject find(ObjectKey key) throws SoleraException, InterruptedException {
        return stores.<Optional<StoredObject>, SoleraException>call(store -> store.find(key))
                .orElseThrow(() -> missing(key));
    }

    ObjectReader open(ObjectKey key) throws SoleraException, InterruptedException {
        return stores.<Optional<ObjectReader>, SoleraException>call(store -> store.open(key))
                .orElseThrow(() -> missing(key));
    }

    private static StorageException missing(ObjectKey key) {
        return new StorageException(
                StorageError.NO_SUCH_KEY,
                "The bucket %s holds no such object.".formatted(key.bucket()),
                "Check bucket and key.");
    }
}
