// SPDX-License-Identifier: Apache-2.0
package org.solera.storage.s3.internal;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The content of a body in {@code aws-chunked} coding. Verifies the signature of each chunk as soon as it was read; a
 * reader that acts only after the end of the stream never acts on bytes that were not verified. Confined to one thread.
 */
final class ChunkedBody extends InputStream {
    private static final int MAX_LINE = 1024;
    private static final int MAX_TRAILERS = 16;

    private final InputStream body;
    private final @Nullable ChunkSignatures signatures;
    private final boolean hasTrailer;
    private final MessageDigest chunkHash = Hashes.digest("SHA-256");
    private final Map<String, String> trailers = new HashMap<>();
    private String chunkSignature = "";
    private long left;
    private boolean first = true;
    private boolean ended;

    ChunkedBody(InputStream body, @Nullable ChunkSignatures signatures, boolean hasTrailer) {
        this.body = body;
        this.signatures = signatures;
        this.hasTrailer = hasTrailer;
    }

    /** {@return a trailer, once the stream has ended} */
    Optional<String> trailer(String name) {
        return Optional.ofNullable(trailers.get(name));
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        Objects.checkFromIndexSize(offset, length, target.length);
        if (length == 0) {
            return 0;
        }
        if (left == 0 && !ended) {
            nextChunk();
        }
        if (ended) {
            return -1;
        }
        int got = body.read(target, offset, (int) Math.min(length, left));
        if (got < 0) {
            throw refused("The body ends inside a chunk.");
        }
        left -= got;
        if (signatures != null) {
            chunkHash.update(target, offset, got);
            if (left == 0) {
                verifyChunk();
            }
        }
        return got;
    }

    private void nextChunk() throws IOException {
        if (!first && !readLine().isEmpty()) {
            throw refused("A chunk is longer than it says.");
        }
        first = false;
        String line = readLine();
        int semicolon = line.indexOf(';');
        left = size(semicolon < 0 ? line : line.substring(0, semicolon));
        if (signatures != null) {
            String extension = semicolon < 0 ? "" : line.substring(semicolon + 1);
            if (!extension.startsWith("chunk-signature=")) {
                throw refused("A chunk has no signature.");
            }
            chunkSignature = extension.substring("chunk-signature=".length());
        }
        if (left == 0) {
            if (signatures != null) {
                verifyChunk();
            }
            readTrailers();
            ended = true;
        }
    }

    private void verifyChunk() throws IOException {
        if (signatures != null && !signatures.nextChunk(chunkSignature, chunkHash.digest())) {
            throw new BodyRefusedException(
                    S3Error.SIGNATURE_DOES_NOT_MATCH, "The signature of a chunk is not the one calculated.");
        }
    }

    private void readTrailers() throws IOException {
        StringBuilder signed = new StringBuilder();
        String signature = "";
        for (String line = readLine(); !line.isEmpty(); line = readLine()) {
            int colon = line.indexOf(':');
            if (colon < 0 || trailers.size() >= MAX_TRAILERS || !hasTrailer) {
                throw refused("The trailers are malformed.");
            }
            String name = line.substring(0, colon).strip().toLowerCase(Locale.ROOT);
            String value = line.substring(colon + 1).strip();
            if ("x-amz-trailer-signature".equals(name)) {
                signature = value;
            } else {
                trailers.put(name, value);
                signed.append(name).append(':').append(value).append('\n');
            }
        }
        if (signatures != null && hasTrailer && !signatures.trailer(signature, signed.toString())) {
            throw new BodyRefusedException(
                    S3Error.SIGNATURE_DOES_NOT_MATCH, "The signature of the trailers is not the one calculated.");
        }
    }

    /** Reads up to a line feed; the end of the body counts as an empty line, some clients leave the last one out. */
    private String readLine() throws IOException {
        byte[] line = new byte[MAX_LINE];
        int length = 0;
        for (int next = body.read(); next >= 0 && next != '\n'; next = body.read()) {
            if (length == MAX_LINE) {
                throw refused("A line between chunks is longer than 1,024 bytes.");
            }
            line[length++] = (byte) next;
        }
        if (length > 0 && line[length - 1] == '\r') {
            length--;
        }
        return new String(line, 0, length, StandardCharsets.ISO_8859_1);
    }

    private static long size(String hex) throws IOException {
        try {
            if (!hex.isEmpty() && hex.length() <= 10) {
                long size = Long.parseLong(hex.strip(), 16);
                if (size >= 0) {
                    return size;
                }
            }
        } catch (NumberFormatException notOne) {
            throw refused("The size of a chunk is not a hex number.");
        }
        throw refused("The size of a chunk is missing or too large.");
    }

    private static BodyRefusedException refused(String message) {
        return new BodyRefusedException(S3Error.INCOMPLETE_BODY, message);
    }
}
