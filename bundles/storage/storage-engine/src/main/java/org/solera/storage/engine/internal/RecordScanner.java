// SPDX-License-Identifier: Apache-2.0
package org.solera.storage.engine.internal;

import java.io.IOException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Reads changes one after the other from a file. Confined to one thread. */
final class RecordScanner {
    private final DriveIo.Input input;
    private byte[] buffer = new byte[256 << 10];
    private int offset;
    private int limit;
    private long position;

    /** @param position where the first record begins */
    RecordScanner(DriveIo.Input input, long position) {
        this.input = input;
        this.position = position;
    }

    /** {@return the next change, or {@code null} if what follows is no whole, undamaged change} */
    Change.@Nullable Sequenced next() throws IOException {
        if (!ensure(ChangeCodec.FRAME_BYTES)) {
            return null;
        }
        int length = ChangeCodec.lengthAt(buffer, offset, limit);
        if (length < 0 || !ensure(ChangeCodec.FRAME_BYTES + length)) {
            return null;
        }
        Change.Sequenced change = ChangeCodec.decode(buffer, offset, limit);
        if (change != null) {
            offset += ChangeCodec.FRAME_BYTES + length;
            position += ChangeCodec.FRAME_BYTES + length;
        }
        return change;
    }

    /** {@return where the first byte that was not taken lies} */
    long position() {
        return position;
    }

    private boolean ensure(int bytes) throws IOException {
        if (limit - offset >= bytes) {
            return true;
        }
        System.arraycopy(buffer, offset, buffer, 0, limit - offset);
        limit -= offset;
        offset = 0;
        if (buffer.length < bytes) {
            buffer = Arrays.copyOf(buffer, Math.max(bytes, buffer.length * 2));
        }
        limit += input.read(position + limit, buffer, limit, buffer.length - limit);
        return limit >= bytes;
    }
}
