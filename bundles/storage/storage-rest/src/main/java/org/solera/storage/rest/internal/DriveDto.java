// SPDX-License-Identifier: Apache-2.0
package org.solera.storage.rest.internal;

import org.solera.storage.api.StoreUsage;

/**
 * A drive.
 *
 * @param name short name
 * @param path where it is mounted
 * @param online whether it is in use
 * @param totalBytes size, in bytes
 * @param freeBytes what is free, in bytes
 */
public record DriveDto(String name, String path, boolean online, long totalBytes, long freeBytes) {
    static DriveDto of(StoreUsage.Drive drive) {
        return new DriveDto(drive.name(), drive.path(), drive.online(), drive.totalBytes(), drive.freeBytes());
    }
}
