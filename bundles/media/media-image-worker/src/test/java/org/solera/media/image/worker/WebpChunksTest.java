// SPDX-License-Identifier: Apache-2.0
package org.solera.media.image.worker;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

final class WebpChunksTest {
    private static byte[] file(Object... namesAndBodies) {
        ByteArrayOutputStream chunks = new ByteArrayOutputStream();
        for (int i = 0; i < namesAndBodies.length; i += 2) {
            byte[] body = (byte[]) namesAndBodies[i + 1];
            chunks.writeBytes(((String) namesAndBodies[i]).getBytes(StandardCharsets.US_ASCII));
            chunks.writeBytes(little(body.length));
            chunks.writeBytes(body);
            if (body.length % 2 == 1) {
                chunks.write(0);
            }
        }
        ByteArrayOutputStream whole = new ByteArrayOutputStream();
        whole.writeBytes("RIFF".getBytes(StandardCharsets.US_ASCII));
        whole.writeBytes(little(chunks.size() + 4));
        whole.writeBytes("WEBP".getBytes(StandardCharsets.US_ASCII));
        whole.writeBytes(chunks.toByteArray());
        return whole.toByteArray();
    }

    private static byte[] little(int value) {
        return ByteBuffer.allocate(4)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(value)
                .array();
    }

    @Test
    void keepsPixelsAndDropsEverythingElse() {
        byte[] pixels = {1, 2, 3};
        byte[] flags = {0x2c | 0x12, 0, 0, 0, 9, 0, 0, 9, 0, 0};
        byte[] cleared = flags.clone();
        cleared[0] = 0x12;
        byte[] full =
                file("VP8X", flags, "ICCP", new byte[11], "VP8 ", pixels, "EXIF", new byte[30], "XMP ", new byte[5]);

        int length = WebpChunks.strip(ByteBuffer.wrap(full));

        assertArrayEquals(file("VP8X", cleared, "VP8 ", pixels), Arrays.copyOf(full, length));
    }

    @Test
    void refusesWhatIsNoWholeFile() {
        byte[] full = file("VP8 ", new byte[40]);
        assertThrows(IllegalArgumentException.class, () -> WebpChunks.strip(ByteBuffer.wrap(Arrays.copyOf(full, 30))));
        assertThrows(IllegalArgumentException.class, () -> WebpChunks.strip(ByteBuffer.wrap(new byte[50])));
    }
}
