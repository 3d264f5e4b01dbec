// SPDX-License-Identifier: Apache-2.0
package org.solera.upgrade.engine.internal;

/**
 * One feature in one version. Immutable.
 *
 * @param name its name
 * @param version its version; empty when any version is meant
 */
public record FeatureId(String name, String version) {
    /** {@return the feature that is written as {@code name} or {@code name/version}} */
    public static FeatureId of(String text) {
        String trimmed = text.trim();
        int slash = trimmed.indexOf('/');
        return slash < 0
                ? new FeatureId(trimmed, "")
                : new FeatureId(
                        trimmed.substring(0, slash).trim(),
                        trimmed.substring(slash + 1).trim());
    }

    @Override
    public String toString() {
        return version.isEmpty() ? name : name + "/" + version;
    }
}
