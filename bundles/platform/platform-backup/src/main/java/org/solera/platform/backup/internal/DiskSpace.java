// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.backup.internal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Tells how much room there is. */
interface DiskSpace {
    /** What is always left free, so that a backup never fills a disk. */
    long RESERVE_BYTES = 64L << 20;

    /** {@return free bytes where this folder is} */
    long freeBytes(Path folder) throws IOException;

    /** {@return the space of real disks} */
    static DiskSpace real() {
        return folder -> Files.getFileStore(folder).getUsableSpace();
    }
}
