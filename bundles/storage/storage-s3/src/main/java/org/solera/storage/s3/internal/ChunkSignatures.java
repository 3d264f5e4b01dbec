// SPDX-License-Identifier: Apache-2.0
package org.solera.storage.s3.internal;

import java.util.HexFormat;

/** The chain of signatures over the chunks of a body: each signs the one before. Confined to one thread. */
final class ChunkSignatures {
    private static final String EMPTY_HASH = Hashes.sha256Hex("");

    private final byte[] signingKey;
    private final String amzDate;
    private final String scope;
    private String previous;

    /** @param seed signature of the request head */
    ChunkSignatures(byte[] signingKey, String amzDate, String scope, String seed) {
        this.signingKey = signingKey.clone();
        this.amzDate = amzDate;
        this.scope = scope;
        this.previous = seed;
    }

    /** {@return whether this is the signature of the next chunk} */
    boolean nextChunk(String signature, byte[] chunkHash) {
        return next(
                signature,
                "AWS4-HMAC-SHA256-PAYLOAD\n" + amzDate + "\n" + scope + "\n" + previous + "\n" + EMPTY_HASH + "\n"
                        + HexFormat.of().formatHex(chunkHash));
    }

    /** {@return whether this is the signature of the trailers, each with a line feed behind it} */
    boolean trailer(String signature, String trailers) {
        return next(
                signature,
                "AWS4-HMAC-SHA256-TRAILER\n" + amzDate + "\n" + scope + "\n" + previous + "\n"
                        + Hashes.sha256Hex(trailers));
    }

    private boolean next(String signature, String text) {
        String expected = HexFormat.of().formatHex(Hashes.hmac(signingKey, text));
        previous = expected;
        return Hashes.same(expected, signature);
    }
}
