// SPDX-License-Identifier: Apache-2.0
package org.solera.storage.engine.internal;

import java.io.File;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Drives as folders of the local file system. Uses streams instead of channels where it can: an interrupted thread closes
 * a channel, and an interrupt must never look like a broken drive.
 */
final class LocalDriveIo implements DriveIo {
    @Override
    public Output create(Path file) throws IOException {
        FileOutputStream stream = new FileOutputStream(file.toFile());
        return new Output() {
            @Override
            public void write(byte[] bytes, int offset, int length) throws IOException {
                stream.write(bytes, offset, length);
            }

            @Override
            public void force() throws IOException {
                stream.getFD().sync();
            }

            @Override
            public void close() throws IOException {
                stream.close();
            }
        };
    }

    @Override
    public Input open(Path file) throws IOException {
        RandomAccessFile access = new RandomAccessFile(file.toFile(), "r");
        return new Input() {
            @Override
            public int read(long position, byte[] bytes, int offset, int length) throws IOException {
                access.seek(position);
                int total = 0;
                while (total < length) {
                    int got = access.read(bytes, offset + total, length - total);
                    if (got < 0) {
                        break;
                    }
                    total += got;
                }
                return total;
            }

            @Override
            public long size() throws IOException {
                return access.length();
            }

            @Override
            public void close() throws IOException {
                access.close();
            }
        };
    }

    @Override
    public void rename(Path from, Path to) throws IOException {
        Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
    }

    @Override
    public void forceDirectory(Path directory) throws IOException {
        boolean interrupted = false;
        try {
            while (true) {
                try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
                    channel.force(true);
                    return;
                } catch (ClosedByInterruptException again) {
                    interrupted = true;
                    interrupted |= Thread.interrupted(); // clears the flag so that the next attempt can work
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    @Override
    public boolean delete(Path file) throws IOException {
        return Files.deleteIfExists(file);
    }

    @Override
    public void createDirectory(Path directory) throws IOException {
        try {
            Files.createDirectory(directory);
        } catch (FileAlreadyExistsException present) {
            if (!Files.isDirectory(directory)) {
                throw present;
            }
        }
    }

    @Override
    public List<String> list(Path directory) throws IOException {
        List<String> names = new ArrayList<>();
        try (Stream<Path> entries = Files.list(directory)) {
            entries.forEach(entry -> names.add(String.valueOf(entry.getFileName())));
        } catch (java.io.UncheckedIOException failure) {
            throw failure.getCause();
        }
        names.sort(null);
        return names;
    }

    @Override
    public boolean exists(Path file) {
        return Files.exists(file);
    }

    @Override
    public long size(Path file) {
        File plain = file.toFile();
        return plain.isFile() ? plain.length() : -1;
    }

    @Override
    public Instant modified(Path file) throws IOException {
        return Files.getLastModifiedTime(file).toInstant();
    }

    @Override
    public long usableBytes(Path directory) throws IOException {
        long usable =
                directory.toFile().getUsableSpace(); // asked for each body: a FileStore reads all mounts each time
        if (usable == 0 && directory.toFile().getTotalSpace() == 0) {
            throw new IOException("the file system of " + directory + " cannot be asked");
        }
        return usable;
    }

    @Override
    public long totalBytes(Path directory) throws IOException {
        long total = directory.toFile().getTotalSpace();
        if (total == 0) {
            throw new IOException("the file system of " + directory + " cannot be asked");
        }
        return total;
    }

    @Override
    public Object fileSystem(Path directory) throws IOException {
        return Files.getAttribute(directory, "unix:dev");
    }
}
