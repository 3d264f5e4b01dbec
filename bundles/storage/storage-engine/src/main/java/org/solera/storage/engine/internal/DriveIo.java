// SPDX-License-Identifier: Apache-2.0
package org.solera.storage.engine.internal;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;

/** Every access to a drive goes through here, so that tests can fail each one in turn. Thread-safe. */
interface DriveIo {
    /** A file that is written once, front to back. Confined to one thread at a time. */
    interface Output extends Closeable {
        void write(byte[] bytes, int offset, int length) throws IOException;

        /** Makes what was written durable. */
        void force() throws IOException;
    }

    /** A file that is read at any place. Confined to one thread at a time. */
    interface Input extends Closeable {
        /** Reads until the length is reached or the file ends; {@return the number of bytes read} */
        int read(long position, byte[] bytes, int offset, int length) throws IOException;

        long size() throws IOException;
    }

    /** Creates a file; its name is durable after {@link #forceDirectory}. */
    Output create(Path file) throws IOException;

    Input open(Path file) throws IOException;

    /** Renames within one folder, replacing the target; durable after {@link #forceDirectory}. */
    void rename(Path from, Path to) throws IOException;

    void forceDirectory(Path directory) throws IOException;

    /** Deletes a file; {@return whether there was one} */
    boolean delete(Path file) throws IOException;

    /** Creates a folder whose parent exists, unless it is there. */
    void createDirectory(Path directory) throws IOException;

    /** {@return the names in a folder, sorted} */
    List<String> list(Path directory) throws IOException;

    boolean exists(Path file);

    /** {@return the length of a file in bytes, or -1 if there is none} */
    long size(Path file);

    Instant modified(Path file) throws IOException;

    /** {@return bytes that can still be written} */
    long usableBytes(Path directory) throws IOException;

    long totalBytes(Path directory) throws IOException;

    /** {@return what is equal for folders that share their space} */
    Object fileSystem(Path directory) throws IOException;
}
