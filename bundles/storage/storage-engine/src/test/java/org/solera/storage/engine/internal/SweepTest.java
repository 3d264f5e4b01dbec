// SPDX-License-Identifier: Apache-2.0
package org.solera.storage.engine.internal;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.solera.storage.api.MultipartUpload;
import org.solera.storage.api.ObjectMetadata;
import org.solera.storage.api.ObjectStore;
import org.solera.storage.api.StagedBody;
import org.solera.storage.api.StorageError;
import org.solera.storage.api.StorageException;

class SweepTest {
    @TempDir
    Path folder;

    private static List<Path> files(Box box) throws Exception {
        List<Path> files = new ArrayList<>();
        for (int drive = 0; drive < box.drives.size(); drive++) {
            files.addAll(box.bodies(drive));
        }
        return files;
    }

    /** Puts a third copy where there is none, as a drive that was away brings one along. */
    private static Path addCopy(Box box) throws Exception {
        Path one = files(box).get(0);
        for (Path drive : box.drives) {
            Path other = drive.resolve(
                    box.drives.get(box.bodies(0).isEmpty() ? 1 : 0).relativize(one));
            if (!Files.exists(other)) {
                return Files.copy(one, other);
            }
        }
        throw new AssertionError("each drive has a copy");
    }

    @Test
    void removesTheCopyTooManyThatAReturningDriveBrought() throws Exception {
        try (Box box = new Box(folder, 3)) {
            Engine engine = box.engine();
            ObjectStore store = Box.open(engine);
            store.createBucket(Box.BUCKET, "test");
            Box.put(store, "a", Box.bytes(200_000, 1));
            addCopy(box);
            engine.maintain();
            assertEquals(2, files(box).size());
            assertArrayEquals(Box.bytes(200_000, 1), Box.get(store, "a").orElseThrow());
            engine.stop();
        }
    }

    @Test
    void keepsTheWholeCopiesAndRemovesTheDamagedOneWhenThereIsOneTooMany() throws Exception {
        try (Box box = new Box(folder, 3)) {
            Engine engine = box.engine();
            ObjectStore store = Box.open(engine);
            store.createBucket(Box.BUCKET, "test");
            Box.put(store, "a", Box.bytes(200_000, 1));
            addCopy(box);
            Path damaged = files(box).get(0);
            byte[] content = Files.readAllBytes(damaged);
            byte[] whole = content.clone();
            content[150_000] ^= 1;
            Files.write(damaged, content);
            engine.maintain();
            assertEquals(2, files(box).size());
            for (Path file : files(box)) {
                assertArrayEquals(whole, Files.readAllBytes(file));
            }
            engine.stop();
        }
    }

    @Test
    void removesAtOnceWhatAProcessThatEndedLeftBehindAndNothingElse() throws Exception {
        try (Box box = new Box(folder, 2)) {
            Engine engine = box.engine();
            ObjectStore store = Box.open(engine);
            store.createBucket(Box.BUCKET, "test");
            Box.put(store, "a", Box.bytes(10, 1));
            Box.stage(store, Box.bytes(10, 2));
            engine.maintain();
            assertEquals(4, files(box).size()); // staged by this process: it may still be committed
            engine.stop();
            Engine next = box.engine(
                    new LocalDriveIo(),
                    Box.limits(),
                    Clock.systemUTC(),
                    Instant.now().plusSeconds(1));
            ObjectStore reopened = Box.open(next);
            next.maintain();
            assertEquals(2, files(box).size());
            assertArrayEquals(Box.bytes(10, 1), Box.get(reopened, "a").orElseThrow());
            next.stop();
        }
    }

    @Test
    void givesUploadsUpThatGotNoPartForAWeek() throws Exception {
        try (Box box = new Box(folder, 2)) {
            Instant begun = Instant.now();
            Engine engine = at(box, begun);
            ObjectStore store = Box.open(engine);
            store.createBucket(Box.BUCKET, "test");
            MultipartUpload left = store.beginUpload(Box.key("left"), ObjectMetadata.of("a/b"));
            store.commitPart(Box.key("left"), left.id(), 1, Box.stage(store, Box.bytes(10, 1)));
            MultipartUpload going = store.beginUpload(Box.key("going"), ObjectMetadata.of("a/b"));
            engine.stop();
            Engine later = at(box, begun.plus(Duration.ofDays(6)));
            ObjectStore second = Box.open(later);
            later.maintain();
            second.commitPart(Box.key("going"), going.id(), 1, stageNow(box, second));
            assertEquals(1, second.parts(Box.key("left"), left.id()).size());
            later.stop();
            Engine last = at(box, begun.plus(Duration.ofDays(8)));
            ObjectStore third = Box.open(last);
            last.maintain();
            StorageException gone = assertThrows(StorageException.class, () -> third.parts(Box.key("left"), left.id()));
            assertEquals(StorageError.NO_SUCH_UPLOAD, gone.error());
            assertEquals(1, third.parts(Box.key("going"), going.id()).size());
            last.maintain();
            assertEquals(2, files(box).size());
            last.stop();
        }
    }

    private static Engine at(Box box, Instant now) {
        EngineLimits limits =
                new EngineLimits(1, 0, 1000, Duration.ofDays(30), Duration.ofDays(7), 1L << 40, 16L << 20);
        return box.engine(new LocalDriveIo(), limits, Clock.fixed(now, ZoneOffset.UTC), Instant.EPOCH);
    }

    private static StagedBody stageNow(Box box, ObjectStore store) throws Exception {
        return Box.stage(store, Box.bytes(10 + box.drives.size(), 3));
    }
}
