// SPDX-License-Identifier: Apache-2.0
package org.solera.upgrade.engine.internal;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.solera.upgrade.api.UpgradeError;
import org.solera.upgrade.api.UpgradeException;

/**
 * A file in the bundle cache that says which record the cache agrees with. Where it is missing or differs, the launcher
 * deletes the cache before the framework starts, and the appliance boots from the record alone.
 */
final class CacheMarker {
    private static final Logger log = LoggerFactory.getLogger(CacheMarker.class);
    private static final String NAME = "solera-record.sha256";

    private final Path file;

    /** @param cache folder of the bundle cache */
    CacheMarker(Path cache) {
        this.file = cache.resolve(NAME);
    }

    /** Says that the cache agrees with the record, unless that is said already. */
    void trustOnce(String sha256) {
        try {
            if (!Files.exists(file) || !Files.readString(file, US_ASCII).trim().equals(sha256)) {
                trust(sha256);
            }
        } catch (IOException unreadable) {
            log.warn("The mark of the bundle cache cannot be read.", unreadable);
        }
    }

    /** Says that the cache may differ from the record, before anything makes it differ. */
    void distrust() throws UpgradeException {
        try {
            DurableFile.delete(file);
        } catch (IOException kept) {
            throw new UpgradeException(
                    UpgradeError.RECORD_NOT_WRITTEN,
                    "The mark of the bundle cache could not be deleted: %s.".formatted(DurableFile.words(kept)),
                    "Check the health of the drive that holds the data folder, then try again.",
                    kept);
        }
    }

    /**
     * Says that the cache agrees with the record. A failure costs a longer boot and nothing else.
     *
     * @param sha256 of the record
     */
    void trust(String sha256) {
        try {
            DurableFile.publish(file, (sha256 + "\n").getBytes(US_ASCII));
        } catch (IOException notWritten) {
            log.warn(
                    "The next boot starts with an empty bundle cache, because its mark cannot be written.", notWritten);
        }
    }
}
