// SPDX-License-Identifier: Apache-2.0
package org.solera.bench.client;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * Size of a WebP picture, read from its header as RFC 9649 draws it.
 *
 * @param width in pixels
 * @param height in pixels
 */
public record WebpFacts(int width, int height) {
    private static final int HEADER_BYTES = 30;
    private static final int FOURTEEN_BITS = 0x3fff;

    /** {@return the size, or nothing when the bytes are no complete WebP file} */
    public static Optional<WebpFacts> read(byte[] file) {
        if (file.length < HEADER_BYTES
                || !ascii(file, 0).equals("RIFF")
                || !ascii(file, 8).equals("WEBP")) {
            return Optional.empty();
        }
        ByteBuffer bytes = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
        long declared = Integer.toUnsignedLong(bytes.getInt(4)) + 8;
        if (declared > file.length) {
            return Optional.empty();
        }
        return switch (ascii(file, 12)) {
            case "VP8 " ->
                Optional.of(new WebpFacts(bytes.getShort(26) & FOURTEEN_BITS, bytes.getShort(28) & FOURTEEN_BITS));
            case "VP8L" -> {
                int bits = bytes.getInt(21);
                yield Optional.of(new WebpFacts((bits & FOURTEEN_BITS) + 1, ((bits >>> 14) & FOURTEEN_BITS) + 1));
            }
            case "VP8X" -> Optional.of(new WebpFacts(threeBytes(file, 24) + 1, threeBytes(file, 27) + 1));
            default -> Optional.empty();
        };
    }

    private static String ascii(byte[] file, int offset) {
        return new String(file, offset, 4, StandardCharsets.ISO_8859_1);
    }

    private static int threeBytes(byte[] file, int offset) {
        return (file[offset] & 0xff) | (file[offset + 1] & 0xff) << 8 | (file[offset + 2] & 0xff) << 16;
    }
}
