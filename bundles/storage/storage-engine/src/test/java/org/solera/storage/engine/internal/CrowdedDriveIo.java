// SPDX-License-Identifier: Apache-2.0
package org.solera.storage.engine.internal;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Drives that are folders of one small file system, which can be full. */
final class CrowdedDriveIo implements DriveIo {
    private final DriveIo real = new LocalDriveIo();
    private final Map<Path, Long> sizes = new HashMap<>();
    private final long capacity;
    private long foreign;
    private long used;
    private long leastUsable;

    CrowdedDriveIo(long capacity) {
        this.capacity = capacity;
        this.leastUsable = capacity;
    }

    /** Lets another program take all but that many of the bytes that are left. */
    synchronized void fillUpTo(long left) {
        foreign += capacity - foreign - used - left;
    }

    /** Lets the other program give everything back. */
    synchronized void empty() {
        foreign = 0;
    }

    /** {@return the least that was ever free after a write} */
    synchronized long leastUsable() {
        return leastUsable;
    }

    private synchronized void resize(Path file, long size) {
        used += size - sizes.getOrDefault(file, 0L);
        sizes.put(file, size);
        leastUsable = Math.min(leastUsable, capacity - foreign - used);
    }

    private synchronized int take(Path file, int length) {
        int fits = (int) Math.max(0, Math.min(length, capacity - foreign - used));
        resize(file, sizes.getOrDefault(file, 0L) + fits);
        return fits;
    }

    @Override
    public Output create(Path file) throws IOException {
        Output output = real.create(file);
        resize(file, 0);
        return new Output() {
            @Override
            public void write(byte[] bytes, int offset, int length) throws IOException {
                int fits = take(file, length);
                output.write(bytes, offset, fits);
                if (fits < length) {
                    throw new IOException("No space left on device");
                }
            }

            @Override
            public void force() {
                // costs nothing here
            }

            @Override
            public void close() throws IOException {
                output.close();
            }
        };
    }

    @Override
    public void rename(Path from, Path to) throws IOException {
        real.rename(from, to);
        synchronized (this) {
            Long size = sizes.remove(from);
            if (size != null) {
                resize(to, 0);
                sizes.put(to, size);
            }
        }
    }

    @Override
    public boolean delete(Path file) throws IOException {
        boolean deleted = real.delete(file);
        synchronized (this) {
            Long size = sizes.remove(file);
            used -= size == null ? 0 : size;
        }
        return deleted;
    }

    @Override
    public Input open(Path file) throws IOException {
        return real.open(file);
    }

    @Override
    public void forceDirectory(Path directory) {
        // costs nothing here
    }

    @Override
    public void createDirectory(Path directory) throws IOException {
        real.createDirectory(directory);
    }

    @Override
    public List<String> list(Path directory) throws IOException {
        return real.list(directory);
    }

    @Override
    public boolean exists(Path file) {
        return real.exists(file);
    }

    @Override
    public long size(Path file) {
        return real.size(file);
    }

    @Override
    public Instant modified(Path file) throws IOException {
        return real.modified(file);
    }

    @Override
    public synchronized long usableBytes(Path directory) {
        return capacity - foreign - used;
    }

    @Override
    public long totalBytes(Path directory) {
        return capacity;
    }

    @Override
    public Object fileSystem(Path directory) {
        return "the only one";
    }
}
