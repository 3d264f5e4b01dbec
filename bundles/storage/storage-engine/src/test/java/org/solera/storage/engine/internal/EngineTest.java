// SPDX-License-Identifier: Apache-2.0
package org.solera.storage.engine.internal;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.InputStream;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.solera.platform.api.DrainingException;
import org.solera.platform.api.HealthReport;
import org.solera.platform.api.ServiceGate;
import org.solera.storage.api.ListQuery;
import org.solera.storage.api.Listing;
import org.solera.storage.api.MultipartUpload;
import org.solera.storage.api.ObjectMetadata;
import org.solera.storage.api.ObjectReader;
import org.solera.storage.api.ObjectStore;
import org.solera.storage.api.Part;
import org.solera.storage.api.Precondition;
import org.solera.storage.api.StagedBody;
import org.solera.storage.api.StorageError;
import org.solera.storage.api.StorageException;
import org.solera.storage.api.StoredObject;

class EngineTest {
    @TempDir
    Path folder;

    @Test
    void readsADamagedCopyFromTheOtherDriveAndHealsIt() throws Exception {
        try (Box box = new Box(folder, 2)) {
            Engine engine = box.engine();
            ObjectStore store = Box.open(engine);
            store.createBucket(Box.BUCKET, "test");
            byte[] body = Box.bytes(200_000, 1);
            Box.put(store, "a", body);
            flip(box.bodies(0).get(0), 100_000);
            flip(box.bodies(1).get(0), 10_000); // another block: each copy alone is damaged
            assertArrayEquals(body, Box.get(store, "a").orElseThrow());
            assertArrayEquals(body, Box.get(store, "a").orElseThrow());
            byte[] damaged = Files.readAllBytes(box.bodies(0).get(0));
            engine.maintain();
            assertFalse(java.util.Arrays.equals(
                    damaged, Files.readAllBytes(box.bodies(0).get(0))));
            flip(box.bodies(1).get(0), 100_000); // now drive 0 alone must do
            assertArrayEquals(body, Box.get(store, "a").orElseThrow());
            engine.stop();
        }
    }

    @Test
    void saysThatNoCopyIsReadable() throws Exception {
        try (Box box = new Box(folder, 2)) {
            Engine engine = box.engine();
            ObjectStore store = Box.open(engine);
            store.createBucket(Box.BUCKET, "test");
            Box.put(store, "a", Box.bytes(1000, 1));
            flip(box.bodies(0).get(0), 500);
            flip(box.bodies(1).get(0), 500);
            StorageException failure = assertThrows(StorageException.class, () -> Box.get(store, "a"));
            assertEquals(StorageError.UNREADABLE, failure.error());
            engine.stop();
        }
    }

    @Test
    void refusesWritesOnOneOfTwoDrivesAndTakesThemWhenItIsBack() throws Exception {
        try (Box box = new Box(folder, 2)) {
            Engine engine = box.engine();
            ObjectStore store = Box.open(engine);
            store.createBucket(Box.BUCKET, "test");
            Box.put(store, "a", Box.bytes(10, 1));
            Path away = folder.resolve("away");
            Files.move(box.drives.get(1), away);
            engine.maintain();
            assertEquals(HealthReport.Status.DEGRADED, engine.health().status());
            assertArrayEquals(Box.bytes(10, 1), Box.get(store, "a").orElseThrow());
            StorageException refused =
                    assertThrows(StorageException.class, () -> Box.put(store, "b", Box.bytes(10, 2)));
            assertEquals(StorageError.TOO_FEW_DRIVES, refused.error());
            Files.move(away, box.drives.get(1));
            engine.maintain();
            Box.put(store, "b", Box.bytes(10, 2));
            assertEquals(
                    HealthReport.Status.UP,
                    engine.health().status(),
                    engine.health().detail());
            engine.stop();
        }
    }

    @Test
    void doesNotBelieveADriveThatWasAway() throws Exception {
        try (Box box = new Box(folder, 3)) {
            Engine engine = box.engine();
            ObjectStore store = Box.open(engine);
            store.createBucket(Box.BUCKET, "test");
            Box.put(store, "deleted", Box.bytes(10, 1));
            Box.put(store, "kept", Box.bytes(10, 2));
            Path away = folder.resolve("away");
            Files.move(box.drives.get(2), away);
            engine.maintain();
            assertTrue(store.delete(Box.key("deleted")));
            Box.put(store, "kept", Box.bytes(20, 3));
            engine.stop();
            Files.move(away, box.drives.get(2));
            Engine next = box.engine();
            ObjectStore reopened = Box.open(next);
            assertEquals(Optional.empty(), reopened.find(Box.key("deleted")));
            assertArrayEquals(Box.bytes(20, 3), Box.get(reopened, "kept").orElseThrow());
            next.maintain();
            assertEquals(
                    HealthReport.Status.UP,
                    next.health().status(),
                    next.health().detail());
            next.stop();
        }
    }

    @Test
    void refusesToOpenWhenTheNewestStateMayBeOnDrivesThatAreMissing() throws Exception {
        try (Box box = new Box(folder, 3)) {
            Engine engine = box.engine();
            Box.open(engine).createBucket(Box.BUCKET, "test");
            engine.stop();
            Files.move(box.drives.get(1), folder.resolve("away1"));
            Files.move(box.drives.get(2), folder.resolve("away2"));
            Engine next = box.engine();
            StorageException refused = assertThrows(StorageException.class, () -> Box.open(next));
            assertEquals(StorageError.TOO_FEW_DRIVES, refused.error());
        }
    }

    @Test
    void makesTheSecondCopiesWhenASecondDriveIsAdded() throws Exception {
        try (Box one = new Box(folder, 1)) {
            Engine engine = one.engine();
            ObjectStore store = Box.open(engine);
            store.createBucket(Box.BUCKET, "test");
            Box.put(store, "a", Box.bytes(100_000, 1));
            assertEquals(HealthReport.Status.DEGRADED, engine.health().status());
            engine.stop();
        }
        try (Box two = new Box(folder, 2)) {
            Engine engine = two.engine();
            ObjectStore store = Box.open(engine);
            engine.maintain();
            assertEquals(1, two.bodies(1).size());
            flip(two.bodies(0).get(0), 50_000);
            assertArrayEquals(Box.bytes(100_000, 1), Box.get(store, "a").orElseThrow());
            assertEquals(
                    HealthReport.Status.UP,
                    engine.health().status(),
                    engine.health().detail());
            engine.stop();
        }
    }

    @Test
    void aReaderGoesOnWithTheObjectThatItOpened() throws Exception {
        try (Box box = new Box(folder, 2)) {
            Engine engine = box.engine();
            ObjectStore store = Box.open(engine);
            store.createBucket(Box.BUCKET, "test");
            byte[] old = Box.bytes(500_000, 1);
            Box.put(store, "a", old);
            try (ObjectReader reader = store.open(Box.key("a")).orElseThrow()) {
                Box.put(store, "a", Box.bytes(10, 2));
                engine.maintain();
                try (InputStream content = reader.read(0, old.length)) {
                    assertArrayEquals(old, content.readAllBytes());
                }
            }
            engine.maintain();
            assertEquals(1, box.bodies(0).size());
            engine.stop();
        }
    }

    @Test
    void handsOverWhileWritersRunWithoutLosingAnything() throws Exception {
        try (Box box = new Box(folder, 2)) {
            List<Engine> engines = List.of(box.engine(), box.engine());
            ServiceGate<ObjectStore> gate = new ServiceGate<>("store");
            ObjectStore[] current = {Box.open(engines.get(0))};
            gate.bind(current[0], Map.of());
            current[0].createBucket(Box.BUCKET, "test");
            ExecutorService writers = Executors.newFixedThreadPool(4);
            AtomicBoolean enough = new AtomicBoolean();
            List<Future<List<String>>> results = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                String name = "writer" + i + "-";
                Callable<List<String>> writer = () -> write(gate, name, enough);
                results.add(writers.submit(writer));
            }
            for (int swap = 1; swap <= 6; swap++) {
                engines.get(swap % 2).follow();
                gate.unbind(current[0]);
                engines.get((swap + 1) % 2).close();
                current[0] = Box.open(engines.get(swap % 2));
                gate.bind(current[0], Map.of());
                String marker = "marker" + swap;
                Box.put(current[0], marker, Box.bytes(10, swap));
            }
            enough.set(true);
            int written = 0;
            for (Future<List<String>> result : results) {
                for (String key : result.get(1, TimeUnit.MINUTES)) {
                    assertArrayEquals(
                            Box.bytes(5000, key.hashCode()),
                            Box.get(current[0], key).orElseThrow(),
                            key);
                    written++;
                }
            }
            assertTrue(written >= 4);
            writers.shutdown();
            engines.forEach(Engine::stop);
        }
    }

    private static List<String> write(ServiceGate<ObjectStore> gate, String name, AtomicBoolean enough)
            throws Exception {
        List<String> done = new ArrayList<>();
        while (!enough.get() || done.isEmpty()) {
            String key = name + done.size();
            StagedBody staged;
            try (ServiceGate.Use<ObjectStore> use = gate.enter()) {
                staged = Box.stage(use.service(), Box.bytes(5000, key.hashCode()));
            }
            for (boolean committed = false; !committed; ) {
                try (ServiceGate.Use<ObjectStore> use = gate.enter()) {
                    StoredObject object =
                            use.service().commit(Box.key(key), staged, ObjectMetadata.of("a/b"), Precondition.NONE);
                    committed = object.sizeBytes() == 5000;
                } catch (DrainingException next) {
                    committed = false;
                }
            }
            done.add(key);
        }
        return done;
    }

    @Test
    void aVersionThatGaveUpWritesNothingMore() throws Exception {
        try (Box box = new Box(folder, 2)) {
            Engine old = box.engine();
            ObjectStore store = Box.open(old);
            store.createBucket(Box.BUCKET, "test");
            StagedBody staged = Box.stage(store, Box.bytes(10, 1));
            Engine next = box.engine();
            assertThrows(StorageException.class, () -> Box.open(next));
            old.close();
            ObjectStore taken = Box.open(next);
            assertThrows(
                    DrainingException.class,
                    () -> store.commit(Box.key("a"), staged, ObjectMetadata.of("a/b"), Precondition.NONE));
            assertThrows(DrainingException.class, () -> store.find(Box.key("a")));
            taken.commit(Box.key("a"), staged, ObjectMetadata.of("a/b"), Precondition.NONE);
            assertArrayEquals(Box.bytes(10, 1), Box.get(taken, "a").orElseThrow());
            next.stop();
        }
    }

    @Test
    void listsInTheOrderOfBytesAndRollsUpPrefixes() throws Exception {
        try (Box box = new Box(folder, 1)) {
            Engine engine = box.engine();
            ObjectStore store = Box.open(engine);
            store.createBucket(Box.BUCKET, "test");
            List<String> keys = List.of("a", "a/1", "a/2", "a0", "b/x/1", "../c", "\uFF5E", "\uD83D\uDE00", "图/1");
            for (String key : keys) {
                Box.put(store, key, Box.bytes(1, 1));
            }
            List<String> seen = new ArrayList<>();
            String after = "";
            for (boolean more = true; more; ) {
                Listing page = store.list(Box.BUCKET, new ListQuery("", "/", after, 2));
                page.objects().forEach(object -> seen.add(object.key().key()));
                seen.addAll(page.commonPrefixes());
                assertTrue(page.objects().size() + page.commonPrefixes().size() <= 2);
                more = page.truncated();
                after = page.next();
            }
            assertEquals(
                    java.util.Set.of("../", "a", "a/", "a0", "b/", "图/", "\uFF5E", "\uD83D\uDE00"),
                    java.util.Set.copyOf(seen));
            assertEquals(8, seen.size());
            Listing all = store.list(Box.BUCKET, new ListQuery("", "", "", 1000));
            assertEquals("\uD83D\uDE00", all.objects().get(8).key().key());
            assertEquals("\uFF5E", all.objects().get(7).key().key());
            Listing inside = store.list(Box.BUCKET, new ListQuery("a/", "/", "", 1000));
            assertEquals(2, inside.objects().size());
            engine.stop();
        }
    }

    @Test
    void completesAnUploadWithoutCopyingAndRefusesWrongParts() throws Exception {
        try (Box box = new Box(folder, 2)) {
            Engine engine = box.engine();
            ObjectStore store = Box.open(engine);
            store.createBucket(Box.BUCKET, "test");
            MultipartUpload upload = store.beginUpload(Box.key("a"), ObjectMetadata.of("a/b"));
            Part one = store.commitPart(Box.key("a"), upload.id(), 1, Box.stage(store, Box.bytes(6 << 20, 1)));
            Part two = store.commitPart(Box.key("a"), upload.id(), 2, Box.stage(store, Box.bytes(6 << 20, 2)));
            Part unused = store.commitPart(Box.key("a"), upload.id(), 9, Box.stage(store, Box.bytes(5, 3)));
            List<Part.Ref> refs = List.of(new Part.Ref(1, one.etag()), new Part.Ref(2, two.etag()));
            List<Part.Ref> reversed = List.of(refs.get(1), refs.get(0));
            StorageException order = assertThrows(
                    StorageException.class, () -> store.completeUpload(Box.key("a"), upload.id(), reversed));
            assertEquals(StorageError.INVALID_PART_ORDER, order.error());
            StorageException wrong = assertThrows(
                    StorageException.class,
                    () -> store.completeUpload(Box.key("a"), upload.id(), List.of(new Part.Ref(1, unused.etag()))));
            assertEquals(StorageError.INVALID_PART, wrong.error());
            StoredObject object = store.completeUpload(Box.key("a"), upload.id(), refs);
            assertEquals(12L << 20, object.sizeBytes());
            assertTrue(object.etag().endsWith("-2"));
            assertEquals(object, store.completeUpload(Box.key("a"), upload.id(), refs)); // a retry gets the same answer
            engine.maintain();
            assertEquals(2, box.bodies(0).size());
            try (ObjectReader reader = store.open(Box.key("a")).orElseThrow();
                    InputStream middle = reader.read((6 << 20) - 10, 20)) {
                byte[] expected = new byte[20];
                System.arraycopy(Box.bytes(6 << 20, 1), (6 << 20) - 10, expected, 0, 10);
                System.arraycopy(Box.bytes(6 << 20, 2), 0, expected, 10, 10);
                assertArrayEquals(expected, middle.readAllBytes());
            }
            engine.stop();
        }
    }

    private static void flip(Path file, long at) throws Exception {
        try (RandomAccessFile access = new RandomAccessFile(file.toFile(), "rw")) {
            access.seek(at);
            int value = access.read();
            access.seek(at);
            access.write(value ^ 0x55);
        }
    }
}
