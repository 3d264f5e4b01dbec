// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.net.internal;

import io.netty.buffer.ByteBuf;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The body of a streamed answer. Collects up to {@link #PIECE_BYTES} and sends them in one piece, the first one together
 * with the head. Confined to the thread that serves the request.
 */
final class AnswerStream extends OutputStream {
    private static final int PIECE_BYTES = 64 << 10;
    private static final int SIZE_LINE_BYTES = 7; // five digits, CR, LF; leading zeros are allowed
    private static final byte[] LAST_CHUNK = "0\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

    private final Exchange exchange;
    private final boolean discard;
    private final long declared;
    private final boolean chunkedAllowed;
    private long framing;
    private boolean headSent;
    private boolean closed;
    private long written;
    private @Nullable ByteBuf piece;

    /**
     * @param declared the {@code Content-Length} that the handler gave, -1 when it gave none
     * @param chunkedAllowed whether the peer understands chunks
     * @param discard whether this answer has no body, whatever is written
     */
    AnswerStream(Exchange exchange, long declared, boolean chunkedAllowed, boolean discard) {
        this.exchange = exchange;
        this.declared = declared;
        this.chunkedAllowed = chunkedAllowed;
        this.discard = discard;
        this.framing = declared >= 0 ? declared : chunkedAllowed && !discard ? AnswerHead.CHUNKED : AnswerHead.UNFRAMED;
    }

    /** {@return whether the answer is complete} */
    boolean closed() {
        return closed;
    }

    @Override
    public void write(int value) throws IOException {
        write(new byte[] {(byte) value}, 0, 1);
    }

    @Override
    public void write(byte[] source, int offset, int length) throws IOException {
        Objects.checkFromIndexSize(offset, length, source.length);
        if (closed) {
            throw new IOException("The answer is closed.");
        }
        written += length;
        if (discard) {
            return;
        }
        if (declared >= 0 && written > declared) {
            throw new IOException("The answer is longer than its Content-Length of " + declared + " bytes.");
        }
        int at = offset;
        int end = offset + length;
        while (at < end) {
            ByteBuf target = piece();
            int step = Math.min(end - at, PIECE_BYTES - length(target));
            target.writeBytes(source, at, step);
            at += step;
            if (length(target) == PIECE_BYTES) {
                send(false);
            }
        }
    }

    @Override
    public void flush() throws IOException {
        if (!closed && (piece != null || !headSent)) {
            send(false);
        }
    }

    @Override
    public void close() throws IOException {
        if (closed) {
            return;
        }
        if (!discard && declared >= 0 && written < declared) {
            letGo();
            throw new IOException("The answer is shorter than its Content-Length of " + declared + " bytes.");
        }
        if (!headSent && framing < 0 && !discard) {
            framing = written;
        }
        closed = true;
        send(true);
    }

    /** Gives up what was not sent. */
    void letGo() {
        ByteBuf rest = piece;
        piece = null;
        if (rest != null) {
            rest.release();
        }
    }

    private ByteBuf piece() {
        ByteBuf current = piece;
        if (current == null) {
            current = exchange.allocator().directBuffer(PIECE_BYTES + SIZE_LINE_BYTES + 2 + LAST_CHUNK.length);
            current.writeZero(SIZE_LINE_BYTES);
            piece = current;
        }
        return current;
    }

    private static int length(ByteBuf piece) {
        return piece.writerIndex() - SIZE_LINE_BYTES;
    }

    private void send(boolean last) throws IOException {
        ByteBuf head = null;
        if (!headSent) {
            headSent = true;
            head = exchange.head(framing, chunkedAllowed || framing != AnswerHead.UNFRAMED || discard);
        }
        ByteBuf body = piece;
        piece = null;
        if (body != null) {
            frame(body);
        }
        if (last && framing == AnswerHead.CHUNKED) {
            body = body == null ? exchange.allocator().directBuffer(LAST_CHUNK.length) : body;
            body.writeBytes(LAST_CHUNK);
        }
        exchange.send(head, body, last);
    }

    private void frame(ByteBuf body) {
        if (framing != AnswerHead.CHUNKED) {
            body.readerIndex(SIZE_LINE_BYTES);
            return;
        }
        int size = length(body);
        for (int digit = 0; digit < 5; digit++) {
            body.setByte(digit, Character.forDigit(size >> 4 * (4 - digit) & 15, 16));
        }
        body.setByte(5, '\r');
        body.setByte(6, '\n');
        body.writeByte('\r').writeByte('\n');
    }
}
