// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.api.backup;

import org.solera.platform.api.ErrorCode;

/** Codes of failures of backups. None is retryable. */
public enum BackupError implements ErrorCode {
    /** The passphrase does not open the archive. */
    WRONG_PASSPHRASE,
    /** The archive was cut or changed. */
    DAMAGED_ARCHIVE,
    /** The archive is of a kind or version that cannot be read here. */
    UNSUPPORTED_FORMAT,
    /** There is not enough free space. */
    NO_SPACE;

    @Override
    public boolean retryable() {
        return false;
    }
}
