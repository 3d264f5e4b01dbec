// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.backup.internal;

import org.jspecify.annotations.Nullable;
import org.solera.platform.api.PlatformError;
import org.solera.platform.api.SoleraException;
import org.solera.platform.api.backup.BackupError;

/** The words of refusals. Stateless. */
final class Refusals {
    private Refusals() {}

    static SoleraException damaged(String how, @Nullable Throwable cause) {
        return new SoleraException(
                BackupError.DAMAGED_ARCHIVE,
                "The archive %s.".formatted(how),
                "Take another archive, or bring this one in again.",
                cause);
    }

    static SoleraException unsupported(String what) {
        return new SoleraException(
                BackupError.UNSUPPORTED_FORMAT, what, "Upgrade this box first, or take another archive.", null);
    }

    static SoleraException wrongPassphrase() {
        return new SoleraException(
                BackupError.WRONG_PASSPHRASE,
                "The passphrase does not open this archive.",
                "Give the passphrase with which the archive was made.",
                null);
    }

    static SoleraException noSpace(long neededBytes, long freeBytes, Object where) {
        return new SoleraException(
                BackupError.NO_SPACE,
                "%d MiB are needed and %d MiB are free in %s.".formatted(mebi(neededBytes), freeBytes >> 20, where),
                "Delete old archives there, or choose another folder in the settings of backups.",
                null);
    }

    private static long mebi(long bytes) {
        return (bytes + (1 << 20) - 1) >> 20;
    }

    static SoleraException ofDisk(String what, Exception cause) {
        return new SoleraException(
                PlatformError.INTERNAL,
                "%s: %s.".formatted(what, cause.getMessage()),
                "Look at the free space and the health of the disk.",
                cause);
    }

    static SoleraException cancelled(@Nullable Throwable cause) {
        return new SoleraException(PlatformError.BUSY, "It was cancelled.", "", cause);
    }
}
