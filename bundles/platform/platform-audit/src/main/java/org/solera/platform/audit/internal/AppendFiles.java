// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.audit.internal;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;

/** Where segments are written, so that tests can put a disk in its place that is full, slow or broken. */
interface AppendFiles {
    /** A file that grows. Used by one thread. */
    interface Appending extends Closeable {
        /** Writes all bytes at the end, or fails with some of them written. */
        void append(ByteBuffer bytes) throws IOException;

        /** Returns when all that was written is on the disk. */
        void force() throws IOException;

        /** Takes away what lies behind. */
        void truncate(long size) throws IOException;
    }

    /** Opens a file for appending at {@code size}; makes it (mode 0600) if it is missing. */
    Appending open(Path file, long size) throws IOException;

    /** {@return the real disk} */
    static AppendFiles disk() {
        return (file, size) -> {
            FileChannel channel = FileChannel.open(
                    file, Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE), SafeFile.OWNER_ONLY);
            channel.position(size);
            return new OnDisk(channel);
        };
    }

    /** A file on the real disk. */
    record OnDisk(FileChannel channel) implements Appending {
        @Override
        public void append(ByteBuffer bytes) throws IOException {
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
        }

        @Override
        public void force() throws IOException {
            channel.force(false);
        }

        @Override
        public void truncate(long size) throws IOException {
            channel.truncate(size);
            channel.position(size);
            channel.force(true);
        }

        @Override
        public void close() throws IOException {
            channel.close();
        }
    }
}
