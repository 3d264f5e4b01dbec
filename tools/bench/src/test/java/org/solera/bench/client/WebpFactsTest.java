// SPDX-License-Identifier: Apache-2.0
package org.solera.bench.client;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class WebpFactsTest {
    private static ByteBuffer file(String kind) {
        ByteBuffer file = ByteBuffer.allocate(40).order(ByteOrder.LITTLE_ENDIAN);
        file.put("RIFF".getBytes(StandardCharsets.US_ASCII)).putInt(32);
        file.put(("WEBP" + kind).getBytes(StandardCharsets.US_ASCII));
        return file;
    }

    @Test
    void readsALossyPicture() {
        ByteBuffer file = file("VP8 ").putShort(26, (short) 400).putShort(28, (short) 267);
        assertEquals(Optional.of(new WebpFacts(400, 267)), WebpFacts.read(file.array()));
    }

    @Test
    void readsALosslessPicture() {
        ByteBuffer file = file("VP8L").putInt(21, 399 | 266 << 14);
        assertEquals(Optional.of(new WebpFacts(400, 267)), WebpFacts.read(file.array()));
    }

    @Test
    void readsAnExtendedPicture() {
        ByteBuffer file = file("VP8X").putShort(24, (short) 399).putShort(27, (short) 266);
        assertEquals(Optional.of(new WebpFacts(400, 267)), WebpFacts.read(file.array()));
    }

    @Test
    void refusesAFileThatIsShorterThanItSays() {
        ByteBuffer file = file("VP8 ").putInt(4, 33);
        assertEquals(Optional.empty(), WebpFacts.read(file.array()));
    }

    @Test
    void refusesAnotherFormat() {
        assertEquals(Optional.empty(), WebpFacts.read(new byte[64]));
    }
}
