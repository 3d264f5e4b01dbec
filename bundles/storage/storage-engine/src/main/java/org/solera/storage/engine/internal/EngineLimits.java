// SPDX-License-Identifier: Apache-2.0
package org.solera.storage.engine.internal;

import java.time.Duration;

/**
 * The bounds of the engine.
 *
 * @param reserveBytes space of a drive that writes leave free, in bytes
 * @param reservePercent the same as a share of the drive, in percent; the greater of the two counts
 * @param maxBodies most bodies (objects and parts together)
 * @param stagingLife age at which a body that belongs to no object is removed
 * @param uploadLife time without a part after which a multipart upload is given up
 * @param healBytesPerSecond most bytes that are copied in the background, per second
 * @param checkpointBytes log size that leads to a checkpoint, in bytes
 */
record EngineLimits(
        long reserveBytes,
        int reservePercent,
        int maxBodies,
        Duration stagingLife,
        Duration uploadLife,
        long healBytesPerSecond,
        long checkpointBytes) {
    static EngineLimits of(EngineConfig config) {
        return new EngineLimits(
                Math.multiplyExact(config.reserveMiB(), 1L << 20),
                config.reservePercent(),
                config.maxBodies(),
                Duration.ofHours(config.stagingHours()),
                Duration.ofDays(config.uploadDays()),
                Math.multiplyExact(config.healRateMiBps(), 1L << 20),
                16L << 20);
    }

    long reserve(long totalBytes) {
        return Math.max(reserveBytes, totalBytes / 100 * reservePercent);
    }
}
