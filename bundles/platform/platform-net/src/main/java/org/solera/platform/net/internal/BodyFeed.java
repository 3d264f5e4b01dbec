// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.net.internal;

import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/** Brings the body of one request from the connection to its reader. Event loop, but for {@link #longUnread}. */
final class BodyFeed {
    private final Exchange exchange;
    private final RequestBody reader;
    private final BodyDecoder decoder;
    private boolean broken;
    private long skipLimit;

    BodyFeed(Exchange exchange, RequestBody reader, BodyDecoder decoder) {
        this.exchange = exchange;
        this.reader = reader;
        this.decoder = decoder;
    }

    /** {@return whether the body was taken whole} */
    boolean whole() {
        return decoder.ended();
    }

    /** {@return whether what follows on the connection cannot be told from the body} */
    boolean broken() {
        return broken;
    }

    /** {@return whether the reader waits for more} */
    boolean hungry() {
        return !broken && !decoder.ended() && reader.wantsMore();
    }

    /** {@return whether more is left than the port would skip} Any thread. */
    boolean longUnread() {
        return decoder.longerThan(HttpLimits.SKIP_BYTES);
    }

    /** Gives the reader what came together with the head, before it asks: a small body is then there at once. */
    void offer(@Nullable ByteBuf in) {
        take(in, false);
    }

    /**
     * Gives the reader as much as it wants.
     *
     * @param in received bytes
     * @return whether the peer waits to be told to send the body, and must be told now
     */
    boolean feed(@Nullable ByteBuf in) {
        take(in, true);
        boolean waits = exchange.framing().expectContinue() && !exchange.toldToContinue() && exchange.status() == 0;
        if (waits && hungry()) {
            exchange.continued();
            return true;
        }
        return false;
    }

    private void take(@Nullable ByteBuf in, boolean asked) {
        try {
            while (in != null && in.isReadable() && !broken && !decoder.ended() && (!asked || reader.wantsMore())) {
                exchange.continued();
                ByteBuf piece = decoder.next(in);
                if (piece != null) {
                    reader.offer(piece);
                } else if (!decoder.ended()) {
                    break;
                }
            }
        } catch (RefusedException refusal) {
            broken = true;
            exchange.refusedBody(refusal);
        }
        if (decoder.ended()) {
            reader.end();
        }
    }

    /** The peer will send nothing more. */
    void inputEnded() {
        if (!decoder.ended() && !broken) {
            broken = true;
            exchange.lostBody(decoder.total());
        }
    }

    /** The rest of the body is of no use any more. */
    void beginSkip() {
        skipLimit = decoder.total() + HttpLimits.SKIP_BYTES;
        reader.fail(new java.io.IOException("The request was answered before its body was read."));
    }

    /** Drops bytes of the body; {@return whether the connection is still worth keeping} */
    boolean skip(@Nullable ByteBuf in) {
        try {
            while (in != null && !decoder.ended() && in.isReadable()) {
                ByteBuf piece = decoder.next(in);
                if (piece == null) {
                    break;
                }
                piece.release();
            }
        } catch (RefusedException refusal) {
            broken = true;
        }
        return !broken && decoder.total() <= skipLimit;
    }
}
