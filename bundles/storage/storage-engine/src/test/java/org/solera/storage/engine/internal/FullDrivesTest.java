// SPDX-License-Identifier: Apache-2.0
package org.solera.storage.engine.internal;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.solera.platform.api.DrainingException;
import org.solera.platform.api.HealthReport;
import org.solera.storage.api.ObjectStore;
import org.solera.storage.api.StorageError;
import org.solera.storage.api.StorageException;

@Timeout(value = 2, unit = TimeUnit.MINUTES)
class FullDrivesTest {
    private static final long MIB = 1 << 20;
    private static final long RESERVE = 24 * MIB;
    private static final EngineLimits LIMITS =
            new EngineLimits(RESERVE, 0, 100_000, Duration.ofHours(24), Duration.ofDays(7), 1L << 40, 16L << 20);

    @TempDir
    Path folder;

    private static Engine engine(Box box, DriveIo io) {
        return box.engine(io, LIMITS, Clock.systemUTC(), Instant.EPOCH);
    }

    private static boolean put(ObjectStore store, String name, int bytes)
            throws IOException, StorageException, DrainingException {
        try {
            Box.put(store, name, Box.bytes(bytes, name.hashCode()));
            return true;
        } catch (StorageException refused) {
            assertEquals(StorageError.NO_SPACE, refused.error(), refused.explain());
            return false;
        }
    }

    private static void verify(ObjectStore store, String name, int bytes) throws Exception {
        assertArrayEquals(
                Box.bytes(bytes, name.hashCode()), Box.get(store, name).orElseThrow(), name);
    }

    @Test
    void writersTogetherNeverTouchTheReserveOfAFileSystemThatSeveralDrivesShare() throws Exception {
        try (Box box = new Box(folder, 4)) {
            CrowdedDriveIo io = new CrowdedDriveIo(120 * MIB);
            Engine engine = engine(box, io);
            ObjectStore store = Box.open(engine);
            store.createBucket(Box.BUCKET, "test");
            engine.maintain();
            ExecutorService writers = Executors.newFixedThreadPool(8);
            List<Future<List<String>>> results = new ArrayList<>();
            for (int writer = 0; writer < 8; writer++) {
                String prefix = "writer" + writer + "-";
                results.add(writers.submit(() -> {
                    List<String> done = new ArrayList<>();
                    for (int i = 0; i < 6; i++) {
                        if (put(store, prefix + i, 3_000_000)) {
                            done.add(prefix + i);
                        }
                    }
                    return done;
                }));
            }
            List<String> done = new ArrayList<>();
            for (Future<List<String>> result : results) {
                done.addAll(result.get());
            }
            writers.shutdown();
            assertTrue(done.size() >= 5 && done.size() < 48, done.size() + " of 48 fitted");
            long manifests = 64 << 10;
            assertTrue(io.leastUsable() >= RESERVE - manifests, "free at the least: " + io.leastUsable());
            HealthReport health = engine.health();
            assertEquals(HealthReport.Status.DEGRADED, health.status());
            assertTrue(health.detail().contains("MiB left"), health.detail());
            long files = 0;
            for (int drive = 0; drive < 4; drive++) {
                files += box.bodies(drive).size();
            }
            assertEquals(2L * done.size(), files, "what was refused is gone at once");
            for (String name : done) {
                verify(store, name, 3_000_000);
                assertTrue(store.delete(Box.key(name)));
            }
            engine.reclaim();
            assertTrue(put(store, "after", 3_000_000));
            engine.stop();
        }
    }

    @Test
    void deletesAndReadsOnDrivesThatAreFullToTheLastByteAndOpensThem() throws Exception {
        try (Box box = new Box(folder, 4)) {
            CrowdedDriveIo io = new CrowdedDriveIo(120 * MIB);
            Engine engine = engine(box, io);
            ObjectStore store = Box.open(engine);
            store.createBucket(Box.BUCKET, "test");
            engine.maintain();
            for (int i = 0; i < 5; i++) {
                assertTrue(put(store, "kept" + i, 500_000));
            }
            assertTrue(put(store, "goes", 500_000));
            io.fillUpTo(0);
            engine.maintain();
            assertEquals(4, engine.drives().online().size());
            assertTrue(!put(store, "new", 10));
            engine.close(); // writes nothing, as a process that is killed
            Engine next = engine(box, io);
            ObjectStore reopened = Box.open(next);
            next.maintain();
            assertEquals(HealthReport.Status.DEGRADED, next.health().status());
            assertTrue(reopened.delete(Box.key("goes")));
            next.requestCheckpoint();
            next.maintain();
            assertEquals(4, next.drives().online().size());
            next.close();
            Engine last = engine(box, io);
            ObjectStore found = Box.open(last);
            assertEquals(Optional.empty(), found.find(Box.key("goes")));
            for (int i = 0; i < 5; i++) {
                verify(found, "kept" + i, 500_000);
            }
            io.empty();
            assertTrue(put(found, "new", 500_000));
            last.stop();
        }
    }

    @Test
    void whatWasRefusedForLackOfSpaceNeverComesBack() throws Exception {
        try (Box box = new Box(folder, 3)) {
            CrowdedDriveIo io = new CrowdedDriveIo(120 * MIB);
            Engine engine = engine(box, io);
            ObjectStore store = Box.open(engine);
            store.createBucket(Box.BUCKET, "test");
            assertTrue(put(store, "kept", 500_000)); // no maintenance yet, so nothing is set aside
            io.fillUpTo(60); // a change has more bytes: it is cut short on the first drives
            StorageException refused = assertThrows(StorageException.class, () -> store.delete(Box.key("kept")));
            assertEquals(StorageError.NO_SPACE, refused.error());
            StorageException second = assertThrows(StorageException.class, () -> store.delete(Box.key("kept")));
            assertEquals(StorageError.NO_SPACE, second.error());
            assertEquals(3, engine.drives().online().size());
            verify(store, "kept", 500_000);
            io.empty();
            assertTrue(put(store, "next", 1000));
            engine.close();
            Engine next = engine(box, io);
            ObjectStore reopened = Box.open(next);
            verify(reopened, "kept", 500_000);
            verify(reopened, "next", 1000);
            next.stop();
        }
    }
}
