// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.net.internal;

import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/** Takes the body of one request out of the bytes of a connection. Confined to the event loop of its connection. */
final class BodyDecoder {
    private enum Part {
        SIZE,
        DATA,
        DATA_END,
        TRAILER,
        END
    }

    private static final int SIZE_LINE_BYTES = 1_024;
    private static final int TRAILER_BYTES = 8_192;
    private static final int SIZE_DIGITS = 12;

    private final boolean chunked;
    private final long maximumBytes;
    private Part part;
    private long left; // of the body or of the current chunk, in bytes
    private long total;
    private int trailerBytes;

    BodyDecoder(Framing framing, long maximumBytes) {
        this.chunked = framing.chunked();
        this.maximumBytes = maximumBytes;
        this.left = chunked ? 0 : framing.length();
        this.part = chunked ? Part.SIZE : left == 0 ? Part.END : Part.DATA;
    }

    boolean ended() {
        return part == Part.END;
    }

    /** {@return bytes of the body taken so far} */
    long total() {
        return total;
    }

    /** {@return whether what is left of the body is known to be more than so many bytes} */
    boolean longerThan(long bytes) {
        return !chunked && left > bytes;
    }

    /**
     * Takes the next piece.
     *
     * @param in received bytes; what belongs to the body is consumed
     * @return a piece of the body, owned by the caller, or null when the body ended or more bytes are needed
     * @throws RefusedException if the chunks are malformed, or the body is too large
     */
    @Nullable
    ByteBuf next(ByteBuf in) throws RefusedException {
        while (part != Part.END && in.isReadable()) {
            if (part == Part.DATA) {
                return data(in);
            }
            int limit = part == Part.TRAILER ? TRAILER_BYTES - trailerBytes : SIZE_LINE_BYTES;
            int start = in.readerIndex();
            int feed = in.indexOf(start, in.writerIndex(), (byte) '\n');
            int length = (feed < 0 ? in.writerIndex() : feed + 1) - start;
            if (length > limit) {
                throw RefusedException.badRequest(
                        "A chunk size or the trailer of the body is too long. Send short chunk headers.");
            }
            if (feed < 0) {
                return null;
            }
            if (length < 2 || in.getByte(feed - 1) != '\r') {
                throw RefusedException.badRequest(
                        "A chunk of the body does not end with CR and LF. Send well-formed chunks.");
            }
            line(in, start, feed - 1);
            in.readerIndex(feed + 1);
        }
        return null;
    }

    private ByteBuf data(ByteBuf in) {
        int length = (int) Math.min(left, in.readableBytes());
        left -= length;
        total += length;
        if (left == 0) {
            part = chunked ? Part.DATA_END : Part.END;
        }
        return in.readRetainedSlice(length);
    }

    private void line(ByteBuf in, int start, int end) throws RefusedException {
        switch (part) {
            case SIZE -> {
                left = size(in, start, end);
                if (total + left > maximumBytes) {
                    throw new RefusedException(
                            413,
                            "BODY_TOO_LARGE",
                            "The body is larger than " + (maximumBytes >> 30) + " GiB. Send it in parts.");
                }
                part = left == 0 ? Part.TRAILER : Part.DATA;
            }
            case DATA_END -> {
                if (start != end) {
                    throw RefusedException.badRequest(
                            "A chunk of the body is longer than its size says. Send well-formed chunks.");
                }
                part = Part.SIZE;
            }
            default -> {
                trailerBytes += end + 2 - start;
                if (start == end) {
                    part = Part.END;
                }
            }
        }
    }

    private static long size(ByteBuf in, int start, int end) throws RefusedException {
        long size = 0;
        int at = start;
        while (at < end) {
            int digit = Character.digit(in.getByte(at), 16);
            if (digit < 0) {
                break;
            }
            size = size << 4 | digit;
            at++;
        }
        boolean extension = at < end && in.getByte(at) == ';';
        if (at == start || at - start > SIZE_DIGITS || at < end && !extension) {
            throw RefusedException.badRequest(
                    "A chunk size of the body is no hexadecimal number. Send well-formed chunks.");
        }
        for (int i = at; i < end; i++) {
            int c = in.getByte(i) & 0xff;
            if (c < ' ' && c != '\t' || c == 127) {
                throw RefusedException.badRequest(
                        "A chunk size of the body has a control character. Send well-formed chunks.");
            }
        }
        return size;
    }
}
