// SPDX-License-Identifier: Apache-2.0
package org.solera.storage.engine.internal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.solera.storage.api.StorageError;
import org.solera.storage.api.StorageException;

/** Keeps other processes, and other versions in this one, from owning the same drives. Guarded by its owner. */
final class DriveLocks implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(DriveLocks.class);

    private final Map<Drive, FileChannel> held = new HashMap<>();

    /**
     * Takes the lock of a drive, unless it is held already.
     *
     * @throws IOException if the drive does not work
     * @throws StorageException if another process has the lock
     */
    void take(Drive drive) throws IOException, StorageException {
        if (held.containsKey(drive)) {
            return;
        }
        drive.prepare();
        FileChannel channel = FileChannel.open(
                drive.lockFile(), StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
        try {
            FileLock lock = lock(channel);
            if (lock == null) {
                throw new StorageException(
                        StorageError.TOO_FEW_DRIVES,
                        "Drive %s at %s belongs to another process (%s)."
                                .formatted(drive, drive.root(), owner(drive.lockFile())),
                        "Stop that appliance, or give this one other drives.");
            }
            channel.truncate(0);
            channel.write(
                    ByteBuffer.wrap(("process " + ProcessHandle.current().pid()).getBytes(StandardCharsets.UTF_8)));
            held.put(drive, channel);
        } finally {
            if (!held.containsKey(drive)) {
                channel.close();
            }
        }
    }

    private static @Nullable FileLock lock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException heldByAnotherVersionHere) {
            return null;
        }
    }

    private static String owner(Path lockFile) throws IOException {
        String text = Files.readString(lockFile, StandardCharsets.UTF_8).strip();
        return text.isEmpty() ? "unknown" : text;
    }

    /** Gives every lock back. */
    @Override
    public void close() {
        held.forEach((drive, channel) -> {
            try {
                channel.close();
            } catch (IOException failure) {
                log.debug("Closing the lock of {}: {}", drive, failure.toString());
            }
        });
        held.clear();
    }
}
