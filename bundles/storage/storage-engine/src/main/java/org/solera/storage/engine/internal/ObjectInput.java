// SPDX-License-Identifier: Apache-2.0
package org.solera.storage.engine.internal;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A range of an object as a stream over its bodies. Holds at most 256 KiB. Confined to one thread. */
final class ObjectInput extends InputStream {
    /** Opens the bodies of the object. */
    @FunctionalInterface
    interface BodyOpener {
        BodyReader open(BodyRef body) throws IOException;
    }

    private static final int BLOCKS = 4;

    private final List<BodyRef> bodies;
    private final BodyOpener opener;
    private int current = -1;
    private long offsetInBody;
    private long remaining;
    private @Nullable BodyReader reader;
    private byte[] raw = new byte[0];
    private long loadedFirst = -1;
    private int loadedCount;

    ObjectInput(List<BodyRef> bodies, long offset, long length, BodyOpener opener) {
        this.bodies = bodies;
        this.opener = opener;
        this.remaining = length;
        long skip = offset;
        int index = 0;
        while (index < bodies.size() - 1 && skip >= bodies.get(index).sizeBytes()) {
            skip -= bodies.get(index).sizeBytes();
            index++;
        }
        this.current = index;
        this.offsetInBody = skip;
    }

    /** Reads the first blocks now, so that an unreadable object is known before an answer begins. */
    void prefetch() throws IOException {
        if (remaining > 0) {
            load();
        }
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        Objects.checkFromIndexSize(offset, length, target.length);
        if (remaining == 0) {
            return -1;
        }
        if (length == 0) {
            return 0;
        }
        load();
        long block = offsetInBody / BodyFormat.BLOCK_BYTES;
        int inBlock = (int) (offsetInBody % BodyFormat.BLOCK_BYTES);
        int blockLength = (int)
                Math.min(BodyFormat.BLOCK_BYTES, bodies.get(current).sizeBytes() - block * BodyFormat.BLOCK_BYTES);
        int count = (int) Math.min(Math.min(length, remaining), blockLength - inBlock);
        System.arraycopy(raw, (int) (block - loadedFirst) * BodyFormat.STRIDE_BYTES + inBlock, target, offset, count);
        offsetInBody += count;
        remaining -= count;
        return count;
    }

    @Override
    public int available() {
        return 0;
    }

    private void load() throws IOException {
        while (offsetInBody >= bodies.get(current).sizeBytes()) {
            closeReader();
            current++;
            offsetInBody = 0;
            loadedFirst = -1;
        }
        long block = offsetInBody / BodyFormat.BLOCK_BYTES;
        if (loadedFirst >= 0 && block >= loadedFirst && block < loadedFirst + loadedCount) {
            return;
        }
        BodyRef body = bodies.get(current);
        if (reader == null) {
            reader = opener.open(body);
        }
        long end = Math.min(body.sizeBytes(), offsetInBody + remaining);
        int count = (int) Math.min(BLOCKS, BodyFormat.blocks(end) - block);
        if (raw.length < count * BodyFormat.STRIDE_BYTES) {
            raw = new byte[count * BodyFormat.STRIDE_BYTES];
        }
        loadedFirst = -1;
        reader.read(block, count, raw);
        loadedFirst = block;
        loadedCount = count;
    }

    private void closeReader() {
        if (reader != null) {
            reader.close();
            reader = null;
        }
    }

    @Override
    public void close() {
        closeReader();
        remaining = 0;
    }
}
