// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.audit.internal;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Appends lines to the last segment and begins new ones. Commit point of a batch: its fsync. When a batch fails, what was
 * written of it is taken away again before anything else is written. Used by the committer's thread only; {@link #state}
 * may be read by any.
 */
final class ChainWriter implements Closeable {
    private final Path folder;
    private final AppendFiles files;
    private final BoxKey key;
    private final Clock clock;
    private final long segmentBytes;

    private volatile ChainState state;
    private AppendFiles.@Nullable Appending file;
    private boolean dirty; // whether more than the state says may lie in the file

    ChainWriter(Path folder, AppendFiles files, BoxKey key, Clock clock, long segmentBytes, ChainState state) {
        this.folder = folder;
        this.files = files;
        this.key = key;
        this.clock = clock;
        this.segmentBytes = segmentBytes;
        this.state = state;
    }

    ChainState state() {
        return state;
    }

    /** {@return whether the next record belongs into a new segment} */
    boolean full() {
        return state.segments().isEmpty() || state.last().bytes() >= segmentBytes;
    }

    /** Begins a new segment. Commit point: the fsync of the folder. */
    void rotate(Collection<Long> open) throws IOException {
        close();
        long number = state.segments().isEmpty() ? 1 : state.last().number() + 1;
        String earliest = state.segments().isEmpty() ? "" : state.last().earliest();
        String latest = state.segments().isEmpty() ? "" : state.last().latest();
        SegmentHead head = new SegmentHead(
                number,
                state.sequence() + 1,
                state.hash(),
                Lines.time(clock.instant()),
                List.copyOf(open),
                earliest,
                latest);
        byte[] line = head.encode(key);
        Path path = folder.resolve(Segment.name(number));
        Files.deleteIfExists(path); // left by an attempt that failed; no record was ever in it
        AppendFiles.Appending next = files.open(path, 0);
        try {
            next.append(ByteBuffer.wrap(line));
            next.force();
            SafeFile.forceFolder(folder);
        } catch (IOException failure) {
            next.close();
            Files.deleteIfExists(path);
            throw failure;
        }
        file = next;
        dirty = false;
        state = state.rotated(new Segment(number, head.first(), head.previous(), line.length, "", "", true));
    }

    /** Appends lines; they are on disk when this returns. {@code last} is the segment as it is with them. */
    void append(ByteBuffer lines, Segment last, long sequence, String hash) throws IOException {
        AppendFiles.Appending current = ready();
        dirty = true;
        current.append(lines);
        current.force();
        dirty = false;
        state = state.grown(last, sequence, hash);
    }

    private AppendFiles.Appending ready() throws IOException {
        AppendFiles.Appending current = file;
        if (current == null) {
            current = files.open(state.last().file(folder), state.last().bytes());
            file = current;
        }
        if (dirty) {
            repair();
        }
        return current;
    }

    /** Takes away what a failed batch left. */
    void repair() throws IOException {
        AppendFiles.Appending current = file;
        if (dirty && current != null) {
            current.truncate(state.last().bytes());
            dirty = false;
        }
    }

    /** Deletes the oldest segment. */
    void dropOldest() throws IOException {
        Segment oldest = state.segments().get(0);
        state = state.withoutOldest();
        Files.deleteIfExists(oldest.file(folder));
        SafeFile.forceFolder(folder);
    }

    @Override
    public void close() throws IOException {
        AppendFiles.Appending current = file;
        if (current != null) {
            repair();
            file = null;
            current.close();
        }
    }
}
