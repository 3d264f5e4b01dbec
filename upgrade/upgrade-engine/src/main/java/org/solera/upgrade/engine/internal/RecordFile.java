// SPDX-License-Identifier: Apache-2.0
package org.solera.upgrade.engine.internal;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.solera.upgrade.api.UpgradeError;
import org.solera.upgrade.api.UpgradeException;

/**
 * The record on disk. Its replacement by a rename is the commit point of every change of what is installed. Callers hold
 * the {@link ChangeLock} while they change it; reading needs none.
 */
final class RecordFile {
    private final Path file;

    /** @param file the record; it exists */
    RecordFile(Path file) {
        this.file = file;
    }

    /** {@return what is installed} */
    InstalledRecord read() throws UpgradeException {
        return InstalledRecord.parse(new String(bytes(), UTF_8));
    }

    /** {@return the SHA-256 of the record, in lower-case hex} */
    String sha256() throws UpgradeException {
        return DurableFile.sha256(bytes());
    }

    private byte[] bytes() throws UpgradeException {
        try {
            return Files.readAllBytes(file);
        } catch (IOException unreadable) {
            throw new UpgradeException(
                    UpgradeError.RECORD_NOT_WRITTEN,
                    "The record of what is installed cannot be read: %s.".formatted(DurableFile.words(unreadable)),
                    "Check the data folder.",
                    unreadable);
        }
    }

    /**
     * Replaces the record.
     *
     * @throws UpgradeException if it could not be replaced; it holds what it held before
     */
    void commit(InstalledRecord next) throws UpgradeException {
        try {
            DurableFile.publish(file, next.text().getBytes(UTF_8));
        } catch (IOException notWritten) {
            throw new UpgradeException(
                    UpgradeError.RECORD_NOT_WRITTEN,
                    "The record of what is installed could not be written: %s."
                            .formatted(DurableFile.words(notWritten)),
                    "Check free space and the health of the drive that holds the data folder, then try again.",
                    notWritten);
        }
    }
}
