// SPDX-License-Identifier: Apache-2.0
package org.solera.storage.engine.internal;

import java.io.IOException;
import java.util.concurrent.TimeUnit;

/** Makes a verified copy of a body on one more drive. Stateless. */
final class BodyCopier {
    private static final int BLOCKS = 4;

    private BodyCopier() {}

    /**
     * Copies a body from any undamaged copy.
     *
     * @param target the drive that lacks it; a damaged copy there is replaced
     * @param bytesPerSecond upper bound of the rate
     * @throws IOException if no copy is undamaged, or the drive fails; the sweep removes what was begun
     */
    static void copy(BodyRef body, Drive target, DriveSet drives, long bytesPerSecond)
            throws IOException, InterruptedException {
        try (BodyReader reader = new BodyReader(body, drives, (drive, damaged) -> {});
                DriveIo.Output output = target.io().create(target.temporaryBody(body.id()))) {
            byte[] header = BodyFormat.header(body.id());
            output.write(header, 0, header.length);
            byte[] raw = new byte[BLOCKS * BodyFormat.STRIDE_BYTES];
            long blocks = BodyFormat.blocks(body.sizeBytes());
            for (long block = 0; block < blocks; block += BLOCKS) {
                int count = (int) Math.min(BLOCKS, blocks - block);
                reader.read(block, count, raw);
                int length = (count - 1) * BodyFormat.STRIDE_BYTES
                        + reader.contentLength(block + count - 1)
                        + BodyFormat.CRC_BYTES;
                output.write(raw, 0, length);
                TimeUnit.NANOSECONDS.sleep(length * 1_000_000_000L / bytesPerSecond);
            }
            output.force();
        }
        target.io().rename(target.temporaryBody(body.id()), target.body(body.id()));
        target.io().forceDirectory(target.shelf(body.id()));
    }
}
