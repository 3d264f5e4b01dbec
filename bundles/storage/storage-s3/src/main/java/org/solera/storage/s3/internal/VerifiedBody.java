// SPDX-License-Identifier: Apache-2.0
package org.solera.storage.s3.internal;

import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;

/** A body that is compared with its checksum when it ends. Confined to one thread. */
final class VerifiedBody extends InputStream {
    private final InputStream body;
    private final BodyChecksum checksum;
    private final Supplier<Optional<String>> expected;
    private boolean ended;

    /** @param expected the checksum in Base64; asked for when the body has ended */
    VerifiedBody(InputStream body, BodyChecksum checksum, Supplier<Optional<String>> expected) {
        this.body = body;
        this.checksum = checksum;
        this.expected = expected;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        Objects.checkFromIndexSize(offset, length, target.length);
        int got = body.read(target, offset, length);
        if (got > 0) {
            checksum.update(target, offset, got);
        } else if (got < 0 && !ended) {
            ended = true;
            compare();
        }
        return got;
    }

    private void compare() throws IOException {
        String wanted = expected.get()
                .orElseThrow(() -> new BodyRefusedException(
                        S3Error.INVALID_REQUEST, "The trailer " + checksum.header() + " was promised and is missing."));
        if (!Hashes.same(wanted, checksum.base64())) {
            throw new BodyRefusedException(
                    S3Error.BAD_DIGEST, "The " + checksum.header() + " is not that of the body that arrived.");
        }
    }
}
