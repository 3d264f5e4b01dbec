// SPDX-License-Identifier: Apache-2.0
package org.solera.storage.s3.internal;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import org.solera.storage.api.BodyExpectation;
import org.solera.storage.api.ObjectStore;

/**
 * The content of a request's body without its codings, and what it must be.
 *
 * @param content the content; reading it to its end verifies chunk signatures and checksums
 * @param expectation length and digests that the store compares
 * @param checksum the checksum that is verified while reading, if the request has one
 */
record RequestBody(InputStream content, BodyExpectation expectation, Optional<BodyChecksum> checksum) {
    /** Largest document in a body, in bytes. */
    static final int MAX_DOCUMENT_BYTES = 1 << 20;

    static RequestBody of(S3Call call) throws S3Exception {
        Payload payload = call.payload();
        boolean coded = call.header("content-encoding").orElse("").contains("aws-chunked") || payload.chunked();
        long size = coded ? length(call, "x-amz-decoded-content-length") : length(call, "content-length");
        if (size > ObjectStore.MAX_BODY_BYTES) {
            throw new S3Exception(S3Error.ENTITY_TOO_LARGE, "A body may have 5 GiB; upload more in parts.");
        }
        ChunkedBody chunks =
                coded ? new ChunkedBody(call.exchange().body(), payload.chunks(), payload.trailer()) : null;
        InputStream content = chunks == null ? call.exchange().body() : chunks;
        Optional<BodyChecksum> checksum = Optional.empty();
        for (Map.Entry<String, String> header : call.exchange().request().headers()) {
            String name = header.getKey().toLowerCase(java.util.Locale.ROOT);
            Optional<BodyChecksum> given = BodyChecksum.ofHeader(name);
            if (given.isPresent() && checksum.isEmpty()) {
                String value = header.getValue().strip();
                if (!given.get().isForm(value)) {
                    throw new S3Exception(S3Error.INVALID_REQUEST, "The value of " + name + " is not valid.");
                }
                content = new VerifiedBody(content, given.get(), () -> Optional.of(value));
                checksum = given;
            }
        }
        String trailer = call.header("x-amz-trailer").orElse("").strip().toLowerCase(java.util.Locale.ROOT);
        if (!trailer.isEmpty() && checksum.isEmpty()) {
            if (chunks == null || !payload.trailer()) {
                throw new S3Exception(S3Error.INVALID_REQUEST, "x-amz-trailer needs a body in chunks with trailers.");
            }
            BodyChecksum promised = BodyChecksum.ofHeader(trailer)
                    .orElseThrow(() ->
                            new S3Exception(S3Error.INVALID_REQUEST, "The trailer " + trailer + " is not supported."));
            content = new VerifiedBody(content, promised, () -> chunks.trailer(trailer));
            checksum = Optional.of(promised);
        }
        BodyExpectation expectation = new BodyExpectation(
                size, ObjectStore.MAX_BODY_BYTES, contentMd5(call), Optional.ofNullable(payload.sha256Hex()));
        return new RequestBody(content, expectation, checksum);
    }

    /** Reads a document of at most 1 MiB and verifies it. */
    static InputStream document(S3Call call) throws S3Exception, IOException {
        RequestBody body = of(call);
        byte[] bytes = body.content().readNBytes(MAX_DOCUMENT_BYTES + 1);
        if (bytes.length > MAX_DOCUMENT_BYTES) {
            throw new S3Exception(S3Error.MALFORMED_XML, "The document is larger than 1 MiB.");
        }
        verify(body.expectation().sha256Hex(), "SHA-256", bytes, S3Error.CONTENT_SHA256_MISMATCH);
        verify(body.expectation().md5Hex(), "MD5", bytes, S3Error.BAD_DIGEST);
        return new ByteArrayInputStream(bytes);
    }

    private static void verify(Optional<String> wanted, String algorithm, byte[] bytes, S3Error error)
            throws S3Exception {
        String found = HexFormat.of().formatHex(Hashes.digest(algorithm).digest(bytes));
        if (wanted.isPresent() && !Hashes.same(wanted.get(), found)) {
            throw new S3Exception(error, "The " + algorithm + " of the body is not the one promised.");
        }
    }

    private static Optional<String> contentMd5(S3Call call) throws S3Exception {
        String header = call.header("content-md5").orElse("");
        if (header.isEmpty()) {
            return Optional.empty();
        }
        try {
            byte[] md5 = Base64.getDecoder().decode(header.strip());
            if (md5.length == 16) {
                return Optional.of(HexFormat.of().formatHex(md5));
            }
        } catch (IllegalArgumentException malformed) {
            throw new S3Exception(S3Error.INVALID_DIGEST, "Content-MD5 is not Base64.", malformed);
        }
        throw new S3Exception(S3Error.INVALID_DIGEST, "Content-MD5 must be 16 bytes in Base64.");
    }

    private static long length(S3Call call, String name) throws S3Exception {
        String text = call.header(name).orElse("");
        if (text.isEmpty()) {
            if (name.startsWith("x-amz") || call.header("transfer-encoding").isPresent()) {
                throw new S3Exception(S3Error.MISSING_CONTENT_LENGTH, "The header " + name + " is missing.");
            }
            return 0;
        }
        try {
            long value = Long.parseLong(text.strip());
            if (value >= 0) {
                return value;
            }
        } catch (NumberFormatException notOne) {
            throw new S3Exception(S3Error.INVALID_ARGUMENT, name + " must be a whole number.", notOne);
        }
        throw new S3Exception(S3Error.INVALID_ARGUMENT, name + " must not be negative.");
    }
}
