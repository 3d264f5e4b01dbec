// SPDX-License-Identifier: Apache-2.0
package org.solera.storage.engine.internal;

import java.io.IOException;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.solera.storage.api.StorageError;
import org.solera.storage.api.StorageException;

/**
 * Hands out the space of the drives, so that what all writers together still want to write never touches the reserve,
 * also when several drives are folders of one file system. Bodies need a claim; changes of the catalog do not, the reserve
 * is there for them. Thread-safe.
 */
final class SpaceLedger {
    /** After that many bytes a writer looks again: the space may have gone elsewhere. */
    private static final long RECHECK_BYTES = 1L << 20;

    /** What a file costs beyond its content: its entry and the rest of its last block. */
    private static final long FILE_BYTES = 8L << 10;

    private final DriveSet drives;
    private final EngineLimits limits;
    private final Map<Object, Long> promised = new HashMap<>(); // by file system, in bytes; guarded by this

    SpaceLedger(DriveSet drives, EngineLimits limits) {
        this.drives = drives;
        this.limits = limits;
    }

    /** The space for the copies of one body; what is not used is given back on closing. Confined to one thread. */
    final class Claim implements AutoCloseable {
        private final Map<Drive, Object> holders = new LinkedHashMap<>(); // with the file system of each
        private long left; // promised on each drive and not yet written
        private long unchecked; // written since the last look

        private Claim(long bytes) {
            this.left = bytes;
        }

        /**
         * Adds a drive that gets a copy.
         *
         * @throws StorageException with {@link StorageError#NO_SPACE}; then the drive is not part of the claim
         */
        void add(Drive drive) throws StorageException {
            synchronized (SpaceLedger.this) {
                Object fileSystem = fileSystem(drive);
                promise(fileSystem, left);
                boolean enough = false;
                try {
                    require(drive, fileSystem, left);
                    enough = true;
                } finally {
                    if (!enough) {
                        promise(fileSystem, -left);
                    }
                }
                holders.put(drive, fileSystem);
            }
        }

        /**
         * Call it before that many bytes are written to each drive.
         *
         * @throws StorageException with {@link StorageError#NO_SPACE}; then nothing more may be written
         */
        void beforeWrite(long bytes) throws StorageException {
            if (bytes <= left && unchecked < RECHECK_BYTES) {
                return;
            }
            unchecked = 0;
            synchronized (SpaceLedger.this) {
                long more = bytes <= left ? 0 : Math.max(RECHECK_BYTES, bytes - left);
                left += more;
                holders.values().forEach(each -> promise(each, more));
                for (Map.Entry<Drive, Object> holder : holders.entrySet()) {
                    require(holder.getKey(), holder.getValue(), left);
                }
            }
        }

        /** Call it when the bytes are written and the file systems count them themselves. */
        void written(long bytes) {
            unchecked += bytes;
            release(Math.min(bytes, left));
        }

        private void release(long bytes) {
            left -= bytes;
            synchronized (SpaceLedger.this) {
                holders.values().forEach(each -> promise(each, -bytes));
            }
        }

        @Override
        public void close() {
            release(left);
        }
    }

    /**
     * Begins a claim, as yet on no drive.
     *
     * @param bodyBytes length of the body; negative when it is not known
     */
    Claim claim(long bodyBytes) {
        return new Claim((bodyBytes < 0 ? RECHECK_BYTES : BodyFormat.fileBytes(bodyBytes)) + FILE_BYTES);
    }

    /** {@return what bodies may still take of a drive, in bytes; negative when the reserve is touched} */
    synchronized long roomBytes(Drive drive) throws IOException {
        return drive.io().usableBytes(drive.root())
                - limits.reserve(drive.io().totalBytes(drive.root()))
                - promised.getOrDefault(drive.io().fileSystem(drive.root()), 0L);
    }

    private void promise(Object fileSystem, long bytes) {
        promised.merge(fileSystem, bytes, (before, more) -> before + more == 0 ? null : before + more);
    }

    private void require(Drive drive, Object fileSystem, long bytes) throws StorageException {
        try {
            long usable = drive.io().usableBytes(drive.root());
            long reserve = limits.reserve(drive.io().totalBytes(drive.root()));
            long wanted = promised.getOrDefault(fileSystem, 0L);
            if (usable - wanted < reserve) {
                drives.refusedForSpace();
                throw new StorageException(
                        StorageError.NO_SPACE,
                        "Drive %s has %d MiB left, of which %d MiB are kept in reserve; this write needs %d MiB of it, all writes under way together %d MiB."
                                .formatted(drive, usable >> 20, reserve >> 20, mebibytes(bytes), mebibytes(wanted)),
                        "Delete objects or add drives.");
            }
        } catch (IOException failure) {
            throw failed(drive, failure);
        }
    }

    private Object fileSystem(Drive drive) throws StorageException {
        try {
            return drive.io().fileSystem(drive.root());
        } catch (IOException failure) {
            throw failed(drive, failure);
        }
    }

    private StorageException failed(Drive drive, IOException failure) {
        drives.suspect(drive, failure);
        return DriveSet.tooFew(drives.online().size(), DriveSet.COPIES);
    }

    private static long mebibytes(long bytes) {
        return (bytes + (1 << 20) - 1) >> 20;
    }
}
