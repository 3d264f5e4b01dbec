// SPDX-License-Identifier: Apache-2.0
package org.solera.storage.engine.internal;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Drives that lose power after a number of changes. What was not forced is then kept or lost, as the test wants it.
 * Forcing costs nothing here.
 */
final class PowerCutDriveIo implements DriveIo {
    private interface Undo {
        void run() throws IOException;
    }

    private record Step(Path directory, Undo undo) {}

    private final DriveIo real = new LocalDriveIo();
    private final Path graveyard;
    private final Map<Path, Long> written = new HashMap<>();
    private final Map<Path, Long> forced = new HashMap<>();
    private final Deque<Step> unforced = new ArrayDeque<>();
    private long budget = Long.MAX_VALUE;
    private long changes;
    private int buried;

    PowerCutDriveIo(Path graveyard) {
        this.graveyard = graveyard;
    }

    /** Cuts the power after that many more changes. */
    synchronized void cutAfter(long more) {
        budget = changes + more;
    }

    synchronized boolean cut() {
        return changes >= budget;
    }

    /** Takes back what was not forced. */
    synchronized void loseUnforced() throws IOException {
        while (!unforced.isEmpty()) {
            unforced.pop().undo().run();
        }
        for (Map.Entry<Path, Long> file : written.entrySet()) {
            if (Files.exists(file.getKey())) {
                try (FileChannel channel = FileChannel.open(file.getKey(), StandardOpenOption.WRITE)) {
                    channel.truncate(forced.getOrDefault(file.getKey(), 0L));
                }
            }
        }
    }

    private void change() throws IOException {
        if (changes >= budget) {
            throw new IOException("the power is off");
        }
        changes++;
    }

    @Override
    public synchronized Output create(Path file) throws IOException {
        change();
        Output output = real.create(file);
        written.put(file, 0L);
        unforced.push(new Step(file.getParent(), () -> Files.deleteIfExists(file)));
        return new Output() {
            @Override
            public void write(byte[] bytes, int offset, int length) throws IOException {
                synchronized (PowerCutDriveIo.this) {
                    change();
                    output.write(bytes, offset, length);
                    written.merge(file, (long) length, Long::sum);
                }
            }

            @Override
            public void force() throws IOException {
                synchronized (PowerCutDriveIo.this) {
                    change();
                    forced.put(file, written.getOrDefault(file, 0L));
                }
            }

            @Override
            public void close() throws IOException {
                output.close();
            }
        };
    }

    @Override
    public synchronized void rename(Path from, Path to) throws IOException {
        change();
        real.rename(from, to);
        Long length = written.remove(from);
        Long durable = forced.remove(from);
        if (length != null) {
            written.put(to, length);
            forced.put(to, durable == null ? 0L : durable);
        }
        unforced.push(new Step(to.getParent(), () -> {
            if (Files.exists(to)) {
                Files.move(to, from, StandardCopyOption.REPLACE_EXISTING);
                written.put(from, written.getOrDefault(to, Files.size(from)));
                forced.put(from, forced.getOrDefault(to, Files.size(from)));
            }
        }));
    }

    @Override
    public synchronized void forceDirectory(Path directory) throws IOException {
        change();
        unforced.removeIf(step -> step.directory().equals(directory));
    }

    @Override
    public synchronized boolean delete(Path file) throws IOException {
        change();
        if (!Files.exists(file)) {
            return false;
        }
        Path grave = graveyard.resolve("file-" + buried++);
        Files.move(file, grave);
        unforced.push(new Step(file.getParent(), () -> Files.move(grave, file, StandardCopyOption.REPLACE_EXISTING)));
        return true;
    }

    @Override
    public synchronized void createDirectory(Path directory) throws IOException {
        change();
        real.createDirectory(directory);
    }

    @Override
    public Input open(Path file) throws IOException {
        readable();
        return real.open(file);
    }

    @Override
    public List<String> list(Path directory) throws IOException {
        readable();
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
        readable();
        return real.modified(file);
    }

    @Override
    public long usableBytes(Path directory) throws IOException {
        readable();
        return real.usableBytes(directory);
    }

    @Override
    public long totalBytes(Path directory) throws IOException {
        readable();
        return real.totalBytes(directory);
    }

    @Override
    public Object fileSystem(Path directory) throws IOException {
        readable();
        return real.fileSystem(directory);
    }

    private synchronized void readable() throws IOException {
        if (changes >= budget) {
            throw new IOException("the power is off");
        }
    }
}
