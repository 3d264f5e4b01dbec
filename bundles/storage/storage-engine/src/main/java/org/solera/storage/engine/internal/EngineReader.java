// SPDX-License-Identifier: Apache-2.0
package org.solera.storage.engine.internal;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import org.solera.platform.api.Lease;
import org.solera.storage.api.ObjectReader;
import org.solera.storage.api.StorageError;
import org.solera.storage.api.StorageException;
import org.solera.storage.api.StoredObject;

/** An open object: its manifest, and leases that keep its bodies and its engine. */
final class EngineReader implements ObjectReader {
    private final ObjectEntry entry;
    private final ObjectInput.BodyOpener opener;
    private final List<Lease> leases;
    private final List<ObjectInput> inputs = new ArrayList<>();

    EngineReader(ObjectEntry entry, ObjectInput.BodyOpener opener, List<Lease> leases) {
        this.entry = entry;
        this.opener = opener;
        this.leases = List.copyOf(leases);
    }

    @Override
    public StoredObject object() {
        return entry.object();
    }

    @Override
    public InputStream read(long offset, long length) throws StorageException {
        if (offset < 0 || length < 0 || offset > entry.object().sizeBytes() - length) {
            throw new IllegalArgumentException("range outside of the object");
        }
        ObjectInput input = new ObjectInput(entry.bodies(), offset, length, opener);
        inputs.add(input);
        try {
            input.prefetch();
        } catch (IOException failure) {
            throw new StorageException(
                    StorageError.UNREADABLE,
                    "No drive holds an undamaged copy of " + entry.object().key() + ".",
                    "Connect the drive that is offline, or restore the object.",
                    failure);
        }
        return input;
    }

    @Override
    public void close() {
        inputs.forEach(ObjectInput::close);
        leases.forEach(Lease::close);
    }
}
