// SPDX-License-Identifier: Apache-2.0
package org.solera.storage.rest.internal;

import java.util.List;
import org.solera.storage.api.StoreUsage;

/**
 * How full the store is.
 *
 * @param copies copies of each object
 * @param objects number of objects
 * @param bytes bytes of all objects, counted once
 * @param drives the drives
 */
public record UsageDto(int copies, long objects, long bytes, List<DriveDto> drives) {
    public UsageDto {
        drives = List.copyOf(drives);
    }

    static UsageDto of(StoreUsage usage) {
        return new UsageDto(
                usage.copies(),
                usage.objects(),
                usage.bytes(),
                usage.drives().stream().map(DriveDto::of).toList());
    }
}
