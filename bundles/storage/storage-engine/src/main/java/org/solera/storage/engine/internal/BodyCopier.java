// SPDX-License-Identifier: Apache-2.0
package org.solera.storage.engine.internal;

import java.io.IOException;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes a verified copy of a body on one more drive. Stateless. */
final class BodyCopier {
    private static final Logger log = LoggerFactory.getLogger(BodyCopier.class);
    private static final int BLOCKS = 4;

    private BodyCopier() {}

    /**
     * Copies a body from any undamaged copy.
     *
     * @param target the drive that lacks it; a damaged copy there is replaced
     * @param bytesPerSecond upper bound of the rate
     * @throws IOException if no copy is undamaged, or the drive fails; nothing is left behind
     */
    static void copy(BodyRef body, Drive target, DriveSet drives, long bytesPerSecond)
            throws IOException, InterruptedException {
        boolean copied = false;
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
            copied = true;
        } finally {
            if (!copied) {
                target.discard(target.temporaryBody(body.id()));
            }
        }
        target.io().rename(target.temporaryBody(body.id()), target.body(body.id()));
        target.io().forceDirectory(target.shelf(body.id()));
    }

    /** {@return whether the copy on that drive is there and whole} */
    static boolean undamaged(BodyRef body, Drive drive, long bytesPerSecond) throws InterruptedException {
        try (DriveIo.Input input = drive.io().open(drive.body(body.id()))) {
            byte[] raw = new byte[BodyFormat.STRIDE_BYTES];
            if (input.size() != BodyFormat.fileBytes(body.sizeBytes())
                    || input.read(0, raw, 0, BodyFormat.HEADER_BYTES) < BodyFormat.HEADER_BYTES
                    || !BodyFormat.isHeader(Arrays.copyOf(raw, BodyFormat.HEADER_BYTES), body.id())) {
                return false;
            }
            long blocks = BodyFormat.blocks(body.sizeBytes());
            for (long block = 0; block < blocks; block++) {
                int got = input.read(BodyFormat.blockOffset(block), raw, 0, raw.length);
                int length = got - BodyFormat.CRC_BYTES;
                if (length < 0
                        || BodyFormat.getInt(raw, length) != BodyFormat.checksum(body.id(), block, raw, 0, length)) {
                    return false;
                }
                TimeUnit.NANOSECONDS.sleep(got * 1_000_000_000L / bytesPerSecond);
            }
            return true;
        } catch (IOException failure) {
            log.debug("Body {} on {} was not verified: {}", body.id(), drive, failure.toString());
            return false;
        }
    }
}
