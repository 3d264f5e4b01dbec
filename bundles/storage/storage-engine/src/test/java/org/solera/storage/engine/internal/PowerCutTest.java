// SPDX-License-Identifier: Apache-2.0
package org.solera.storage.engine.internal;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.solera.platform.api.SoleraException;
import org.solera.storage.api.MultipartUpload;
import org.solera.storage.api.ObjectMetadata;
import org.solera.storage.api.ObjectStore;
import org.solera.storage.api.Part;

class PowerCutTest {
    @TempDir
    Path folder;

    /** What a client knows: the content it was promised, and for the step that failed also the content it wanted. */
    private static final class Client {
        private final Map<String, Optional<byte[]>> promised = new HashMap<>();
        private final Map<String, Optional<byte[]>> wanted = new HashMap<>();

        private interface Act {
            void run() throws IOException, SoleraException;
        }

        void act(String key, Optional<byte[]> content, Act act) throws IOException, SoleraException {
            wanted.put(key, content);
            act.run();
            wanted.remove(key);
            promised.put(key, content);
        }

        void put(ObjectStore store, String key, byte[] content) throws IOException, SoleraException {
            act(key, Optional.of(content), () -> Box.put(store, key, content));
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void everyAcknowledgedObjectSurvivesAPowerCutAtAnyStep(boolean loseUnforced) throws Exception {
        int cuts = 0;
        boolean cut = true;
        for (int step = 0; cut; step++) {
            Path place = Files.createDirectories(folder.resolve("cut" + step));
            try (Box box = new Box(place, 2)) {
                PowerCutDriveIo io = new PowerCutDriveIo(Files.createDirectories(place.resolve("graveyard")));
                cut = runUntilCut(box, io, step, loseUnforced);
                cuts += cut ? 1 : 0;
            }
        }
        assertTrue(cuts > 60, "only " + cuts + " steps were cut");
    }

    private static boolean runUntilCut(Box box, PowerCutDriveIo io, int step, boolean loseUnforced) throws Exception {
        Client client = new Client();
        Engine engine = box.engine(io);
        ObjectStore store = Box.open(engine);
        store.createBucket(Box.BUCKET, "test");
        client.put(store, "before", Box.bytes(1000, 1));
        io.cutAfter(step);
        try {
            script(client, engine, store);
        } catch (IOException | SoleraException failed) {
            assertTrue(io.cut(), "failed with power on: " + failed);
        }
        boolean cut = io.cut();
        engine.stop();
        if (loseUnforced) {
            io.loseUnforced();
        }
        verify(client, box, step);
        return cut;
    }

    private static void script(Client client, Engine engine, ObjectStore store)
            throws IOException, SoleraException, InterruptedException {
        client.put(store, "small", Box.bytes(10, 2));
        client.put(store, "large", Box.bytes(300_000, 3));
        client.put(store, "before", Box.bytes(70_000, 4));
        client.act("small", Optional.empty(), () -> store.delete(Box.key("small")));
        byte[] first = Box.bytes((int) ObjectStore.MIN_PART_BYTES, 5);
        byte[] second = Box.bytes(100, 6);
        MultipartUpload upload = store.beginUpload(Box.key("parts"), ObjectMetadata.of("a/b"));
        List<Part.Ref> refs = new ArrayList<>();
        for (byte[] part : List.of(first, second)) {
            Part stored = store.commitPart(Box.key("parts"), upload.id(), refs.size() + 1, Box.stage(store, part));
            refs.add(new Part.Ref(stored.number(), stored.etag()));
        }
        byte[] whole = new byte[first.length + second.length];
        System.arraycopy(first, 0, whole, 0, first.length);
        System.arraycopy(second, 0, whole, first.length, second.length);
        client.act("parts", Optional.of(whole), () -> store.completeUpload(Box.key("parts"), upload.id(), refs));
        engine.requestCheckpoint();
        engine.maintain();
        client.put(store, "large", Box.bytes(5, 7));
    }

    private static void verify(Client client, Box box, int step) throws Exception {
        Engine engine = box.engine();
        try {
            ObjectStore store = Box.open(engine);
            for (String key : List.of("before", "small", "large", "parts")) {
                Optional<byte[]> found = Box.get(store, key);
                Optional<byte[]> promised = client.promised.getOrDefault(key, Optional.empty());
                Optional<byte[]> wanted = client.wanted.getOrDefault(key, promised);
                assertTrue(
                        same(found, promised) || same(found, wanted),
                        "step " + step + ": " + key + " is neither what was promised nor what was wanted");
            }
            Box.put(store, "after", Box.bytes(99, 8)); // and it takes writes again
            assertArrayEquals(Box.bytes(99, 8), Box.get(store, "after").orElseThrow());
            assertFalse(store.list(Box.BUCKET, new org.solera.storage.api.ListQuery("", "", "", 10))
                    .truncated());
        } finally {
            engine.stop();
        }
    }

    private static boolean same(Optional<byte[]> one, Optional<byte[]> other) {
        return one.isPresent() == other.isPresent()
                && (one.isEmpty() || java.util.Arrays.equals(one.get(), other.get()));
    }
}
