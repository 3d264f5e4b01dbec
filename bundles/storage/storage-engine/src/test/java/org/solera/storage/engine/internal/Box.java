// SPDX-License-Identifier: Apache-2.0
package org.solera.storage.engine.internal;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import org.solera.platform.api.DrainingException;
import org.solera.platform.api.OwnerEpoch;
import org.solera.storage.api.BodyExpectation;
import org.solera.storage.api.BucketName;
import org.solera.storage.api.ObjectKey;
import org.solera.storage.api.ObjectMetadata;
import org.solera.storage.api.ObjectReader;
import org.solera.storage.api.ObjectStore;
import org.solera.storage.api.Precondition;
import org.solera.storage.api.StagedBody;
import org.solera.storage.api.StorageException;
import org.solera.storage.api.StoredObject;

/** A box with drives for tests: opens engines on them, and knows short ways to put and get. */
final class Box implements AutoCloseable {
    static final BucketName BUCKET = new BucketName("photos");
    private static final AtomicLong EPOCHS = new AtomicLong();

    final List<Path> drives = new ArrayList<>();
    private final ExecutorService logPool = Executors.newFixedThreadPool(3);
    private final ExecutorService pool = Executors.newFixedThreadPool(4);

    Box(Path folder, int count) throws IOException {
        for (int i = 0; i < count; i++) {
            drives.add(Files.createDirectories(folder.resolve("d" + i)));
        }
    }

    static EngineLimits limits() {
        return new EngineLimits(1, 0, 100_000, Duration.ofHours(24), Duration.ofDays(7), 1L << 40, 16L << 20);
    }

    Engine engine() {
        return engine(new LocalDriveIo());
    }

    Engine engine(DriveIo io) {
        return engine(io, limits(), Clock.systemUTC(), Instant.EPOCH);
    }

    Engine engine(DriveIo io, EngineLimits limits, Clock clock, Instant begun) {
        return new Engine(drives, io, limits, pool, logPool, clock, begun, () -> false);
    }

    static ObjectStore open(Engine engine) throws StorageException {
        return engine.open(new OwnerEpoch("storage.drives", EPOCHS.incrementAndGet()));
    }

    static byte[] bytes(int length, long seed) {
        byte[] bytes = new byte[length];
        new Random(seed).nextBytes(bytes);
        return bytes;
    }

    static ObjectKey key(String name) {
        return new ObjectKey(BUCKET, name);
    }

    static StagedBody stage(ObjectStore store, byte[] body) throws IOException, StorageException, DrainingException {
        return store.stage(new ByteArrayInputStream(body), BodyExpectation.atMost(ObjectStore.MAX_BODY_BYTES));
    }

    static StoredObject put(ObjectStore store, String name, byte[] body)
            throws IOException, StorageException, DrainingException {
        return store.commit(
                key(name), stage(store, body), ObjectMetadata.of("application/octet-stream"), Precondition.NONE);
    }

    static Optional<byte[]> get(ObjectStore store, String name)
            throws IOException, StorageException, DrainingException {
        Optional<ObjectReader> opened = store.open(key(name));
        if (opened.isEmpty()) {
            return Optional.empty();
        }
        try (ObjectReader reader = opened.get();
                InputStream content = reader.read(0, reader.object().sizeBytes())) {
            return Optional.of(content.readAllBytes());
        }
    }

    /** {@return the files of bodies on a drive} */
    List<Path> bodies(int drive) throws IOException {
        try (var files = Files.walk(drives.get(drive).resolve("solera-store").resolve("bodies"))) {
            return files.filter(Files::isRegularFile).toList();
        }
    }

    @Override
    public void close() {
        pool.shutdownNow();
        logPool.shutdownNow();
    }
}
