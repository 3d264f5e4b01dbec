// SPDX-License-Identifier: Apache-2.0
package org.solera.storage.engine.internal;

import java.util.List;
import java.util.UUID;

/**
 * The drives whose logs count. Written into the log whenever it changes, so that a drive which was away is not believed
 * when it returns. With two copies required no write is acknowledged without two members; therefore the newest state is
 * known as long as at most one member is missing.
 *
 * @param drives ids of the drives, in no order
 * @param required drives on which a write must be durable: 1 or 2; never goes from 2 back to 1
 */
record Members(List<UUID> drives, int required) {
    /** No store yet. */
    static final Members NONE = new Members(List.of(), 1);

    Members {
        drives = drives.stream().sorted().toList();
    }
}
