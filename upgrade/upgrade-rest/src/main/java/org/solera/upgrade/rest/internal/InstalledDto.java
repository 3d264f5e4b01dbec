// SPDX-License-Identifier: Apache-2.0
package org.solera.upgrade.rest.internal;

import org.solera.upgrade.api.FeatureLedger;

/**
 * Wire form of an installed feature. The component names are the JSON contract of {@code /api/v1}.
 *
 * @param name its name
 * @param version its version
 * @param repository address of the repository that defines it
 * @param reason why it is installed
 */
public record InstalledDto(String name, String version, String repository, String reason) {
    /** {@return the wire form of {@code feature}} */
    static InstalledDto of(FeatureLedger.Installed feature) {
        return new InstalledDto(feature.name(), feature.version(), feature.repository(), feature.reason());
    }
}
