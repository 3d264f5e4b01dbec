// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.audit.internal;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/** Reads the lines of a segment from its beginning through one buffer of 256 KiB. Used by one thread. */
final class LineReader implements Closeable {
    private static final int BUFFER = 4 * Lines.LONGEST;

    private final FileChannel channel;
    private final long limit;
    private final byte[] buffer = new byte[BUFFER];
    private int from;
    private int to;
    private long read;
    private long behind;

    /** @param limit bytes of the file to read */
    LineReader(Path file, long limit) throws IOException {
        this.channel = FileChannel.open(file, StandardOpenOption.READ);
        this.limit = Math.min(limit, channel.size());
    }

    /**
     * {@return the next line without its line feed, good until the next call; empty, and so never intact, if it is longer
     * than any record; null at the end. What follows the last line feed is no line}
     */
    Lines.@Nullable View next() throws IOException {
        boolean tooLong = false;
        int searched = from;
        while (true) {
            for (int at = searched; at < to; at++) {
                if (buffer[at] == '\n') {
                    Lines.View line = new Lines.View(buffer, from, tooLong ? 0 : at - from);
                    behind += at + 1 - from;
                    from = at + 1;
                    return line;
                }
            }
            if (to - from > Lines.LONGEST) {
                tooLong = true;
                behind += to - from;
                from = to;
            }
            int kept = to - from;
            System.arraycopy(buffer, from, buffer, 0, kept);
            from = 0;
            to = kept;
            searched = kept;
            int more = (int) Math.min(buffer.length - to, limit - read);
            int got = more <= 0 ? -1 : channel.read(ByteBuffer.wrap(buffer, to, more));
            if (got <= 0) {
                return null;
            }
            to += got;
            read += got;
        }
    }

    /** {@return place in the file behind the line returned last} */
    long offset() {
        return behind;
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
