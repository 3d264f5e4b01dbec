// SPDX-License-Identifier: Apache-2.0
package org.solera.media.image.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.net.ProtocolException;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.solera.media.api.ImageTransform;
import org.solera.media.api.ImageTransform.Bound;
import org.solera.media.api.ImageTransform.Crop;
import org.solera.media.api.ImageTransform.Fit;
import org.solera.media.api.ImageTransform.Gravity;
import org.solera.media.api.ImageTransform.Scale;
import org.solera.media.image.worker.wire.Wire;

final class WorkerExchangeTest {
    @Test
    void aTransformArrivesAsItWasSent() throws Exception {
        ImageTransform step = new ImageTransform(
                true,
                true,
                Optional.of(new Scale(Fit.OUTSIDE, 10, 20, Bound.ENLARGE_ONLY)),
                Optional.of(new Crop(Gravity.SOUTH_EAST, 1, 2, -3, 4)),
                123,
                Optional.of("webp"),
                42,
                true);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        Wire.write(new DataOutputStream(bytes), step);

        assertEquals(step, Wire.readTransform(new DataInputStream(new ByteArrayInputStream(bytes.toByteArray()))));
    }

    @Test
    void anAnswerOfAnotherFormatBreaksTheProtocol() {
        WorkerExchange exchange = new WorkerExchange(Pictures.source(new byte[3]), Optional.empty());

        assertThrows(
                ProtocolException.class,
                () -> exchange.exchange(
                        new ByteArrayOutputStream(), new ByteArrayInputStream(new byte[] {9, 0, 0, 0})));
    }
}
