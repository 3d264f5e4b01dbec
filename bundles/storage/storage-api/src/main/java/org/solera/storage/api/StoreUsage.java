// SPDX-License-Identifier: Apache-2.0
package org.solera.storage.api;

import java.util.List;

/**
 * How full the store is.
 *
 * @param copies how many copies of each object are kept
 * @param objects number of objects
 * @param bytes bytes of all bodies, counted once
 * @param drives the drives, in order
 */
public record StoreUsage(int copies, long objects, long bytes, List<Drive> drives) {
    public StoreUsage {
        drives = List.copyOf(drives);
    }

    /**
     * One drive.
     *
     * @param name short name, {@code d0}
     * @param path where it is mounted
     * @param online whether it can be read and written
     * @param totalBytes its size, in bytes; 0 when offline
     * @param freeBytes what is free, in bytes; 0 when offline
     */
    public record Drive(String name, String path, boolean online, long totalBytes, long freeBytes) {}
}
