// SPDX-License-Identifier: Apache-2.0
package org.solera.storage.kodo.internal;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.solera.platform.api.DrainingException;
import org.solera.platform.api.SoleraException;
import org.solera.storage.api.BucketName;
import org.solera.storage.api.ObjectKey;
import org.solera.storage.api.ObjectMetadata;
import org.solera.storage.api.ObjectReader;
import org.solera.storage.api.ObjectStore;
import org.solera.storage.api.StorageError;
import org.solera.storage.api.StorageException;
import org.solera.storage.api.StoredObject;

/** Holds objects in memory; it can only be read. */
final class FakeStore {
    static final Instant MODIFIED = Instant.parse("2026-03-01T10:20:30.456Z");

    private final Map<String, StoredObject> objects = new HashMap<>();
    private final Map<String, byte[]> bodies = new HashMap<>();
    private int refusals;
    private int calls;
    private int openReaders;
    private boolean damaged;
    private boolean shortened;

    FakeStore put(String bucket, String key, String body, Map<String, String> headers) throws StorageException {
        ObjectKey name = ObjectKey.parse(BucketName.parse(bucket), key);
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        objects.put(
                name.toString(),
                new StoredObject(
                        name, bytes.length, "abc123", MODIFIED, new ObjectMetadata("text/plain", headers, Map.of())));
        bodies.put(name.toString(), bytes);
        return this;
    }

    /** Lets the next calls find this version being replaced. */
    void drainFor(int count) {
        refusals = count;
    }

    /** Lets every reading find damage. */
    void damage() {
        damaged = true;
    }

    /** Lets every reading end one byte early. */
    void truncateReads() {
        shortened = true;
    }

    int calls() {
        return calls;
    }

    int openReaders() {
        return openReaders;
    }

    ObjectStore service() {
        return (ObjectStore) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {ObjectStore.class}, (proxy, method, arguments) -> {
                    switch (method.getName()) {
                        case "find":
                            enter();
                            return Optional.ofNullable(objects.get(arguments[0].toString()));
                        case "open":
                            enter();
                            return Optional.ofNullable(objects.get(arguments[0].toString()))
                                    .map(Reader::new);
                        default:
                            throw new AssertionError("downloads never call " + method.getName());
                    }
                });
    }

    private void enter() throws SoleraException {
        calls++;
        if (refusals > 0) {
            refusals--;
            throw new DrainingException("The object store");
        }
    }

    private final class Reader implements ObjectReader {
        private final StoredObject object;

        Reader(StoredObject object) {
            this.object = object;
            openReaders++;
        }

        @Override
        public StoredObject object() {
            return object;
        }

        @Override
        public InputStream read(long offset, long length) throws StorageException {
            if (damaged) {
                throw new StorageException(
                        StorageError.UNREADABLE, "No drive holds an undamaged copy.", "Restore the object.");
            }
            return new ByteArrayInputStream(
                    bodies.get(object.key().toString()), (int) offset, (int) length - (shortened ? 1 : 0));
        }

        @Override
        public void close() {
            openReaders--;
        }
    }
}
