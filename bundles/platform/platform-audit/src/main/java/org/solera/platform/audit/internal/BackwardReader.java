// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.audit.internal;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/** Reads the lines of a segment from its end through one buffer of 256 KiB. Used by one thread. */
final class BackwardReader implements Closeable {
    private static final int BUFFER = 4 * Lines.LONGEST;

    private final FileChannel channel;
    private final byte[] buffer = new byte[BUFFER];
    private long start; // place in the file of buffer[0]
    private int end; // behind the line feed of the next line to return

    /** @param size place in the file behind the line feed of the last line */
    BackwardReader(Path file, long size) throws IOException {
        this.channel = FileChannel.open(file, StandardOpenOption.READ);
        this.start = Math.min(size, channel.size());
        fill();
    }

    private void fill() throws IOException {
        long from = Math.max(0, start + end - BUFFER);
        int length = (int) (start + end - from);
        ByteBuffer target = ByteBuffer.wrap(buffer, 0, length);
        while (target.hasRemaining()) {
            if (channel.read(target, from + target.position()) < 0) {
                throw new IOException("The segment became shorter while it was read.");
            }
        }
        start = from;
        end = length;
    }

    /** {@return the line before, without its line feed, good until the next call; null at the beginning} */
    Lines.@Nullable View next() throws IOException {
        if (end == 0 && start == 0) {
            return null;
        }
        int from = lineStart();
        if (from == 0 && start > 0) {
            fill();
            from = lineStart();
        }
        Lines.View line = new Lines.View(buffer, from, Math.max(0, end - 1 - from));
        end = from;
        return line;
    }

    private int lineStart() {
        int at = end - 1;
        while (at > 0 && buffer[at - 1] != '\n') {
            at--;
        }
        return Math.max(0, at);
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
