// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.api.access;

import java.util.Locale;
import java.util.Optional;

/** A part of the product that permissions are given for; the same word stands in REST addresses and shell commands. */
public enum Domain {
    SYSTEM,
    USERS,
    AUDIT,
    HARDWARE,
    LICENSE,
    UPGRADES,
    STORAGE,
    MEDIA,
    LIVE,
    RENDER;

    /** {@return the domain of the path segment after {@code /api/v1/}, if there is one} */
    public static Optional<Domain> ofPath(String segment) {
        for (Domain each : values()) {
            if (each.path().equals(segment)) {
                return Optional.of(each);
            }
        }
        return Optional.empty();
    }

    /** {@return the path segment after {@code /api/v1/}} */
    public String path() {
        return name().toLowerCase(Locale.ROOT);
    }
}
