// SPDX-License-Identifier: Apache-2.0
package org.solera.media.image.worker;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Takes everything but pixels out of a WebP file. The saver of libvips 8.14 keeps EXIF and XMP whatever it is told.
 *
 * <pre>
 * file:  'RIFF' size(4) 'WEBP' chunk*        numbers are little-endian
 * chunk: name(4) size(4) bytes, padded to an even size
 * </pre>
 */
final class WebpChunks {
    private static final int HEADER = 12;
    private static final int CHUNK_HEADER = 8;
    private static final int EXTENDED = name("VP8X");
    private static final int FLAG_ALPHA_AND_ANIMATION = 0x12;
    private static final Set<Integer> PIXELS =
            Set.of(name("VP8 "), name("VP8L"), name("ALPH"), name("ANIM"), name("ANMF"), EXTENDED);

    private WebpChunks() {}

    private static int name(String text) {
        return text.charAt(0) | text.charAt(1) << 8 | text.charAt(2) << 16 | text.charAt(3) << 24;
    }

    /**
     * Filters a file in place.
     *
     * @param file a whole WebP file; its first bytes become the filtered one
     * @return length of the filtered file, in bytes
     * @throws IllegalArgumentException if it is no WebP file
     */
    static int strip(ByteBuffer file) {
        ByteBuffer bytes = file.duplicate().order(ByteOrder.LITTLE_ENDIAN);
        if (bytes.limit() < HEADER || bytes.getInt(0) != name("RIFF") || bytes.getInt(8) != name("WEBP")) {
            throw new IllegalArgumentException("not a WebP file");
        }
        int end = (int) Math.min(bytes.limit(), CHUNK_HEADER + Integer.toUnsignedLong(bytes.getInt(4)));
        int kept = HEADER;
        for (int[] chunk : chunks(bytes, end)) {
            if (bytes.getInt(chunk[0]) == EXTENDED) {
                int flags = chunk[0] + CHUNK_HEADER;
                bytes.put(flags, (byte) (bytes.get(flags) & FLAG_ALPHA_AND_ANIMATION));
            }
            bytes.put(kept, bytes, chunk[0], chunk[1]);
            kept += chunk[1];
        }
        bytes.putInt(4, kept - CHUNK_HEADER);
        return kept;
    }

    /** {@return place and length of each chunk of pixels} */
    private static List<int[]> chunks(ByteBuffer bytes, int end) {
        List<int[]> found = new ArrayList<>();
        int at = HEADER;
        while (at + CHUNK_HEADER <= end) {
            long size = Integer.toUnsignedLong(bytes.getInt(at + 4));
            long whole = CHUNK_HEADER + size + (size & 1);
            if (at + CHUNK_HEADER + size > end) {
                throw new IllegalArgumentException("a WebP chunk is cut off");
            }
            int length = (int) Math.min(whole, end - at);
            if (PIXELS.contains(bytes.getInt(at))) {
                found.add(new int[] {at, length});
            }
            at += length;
        }
        return found;
    }
}
