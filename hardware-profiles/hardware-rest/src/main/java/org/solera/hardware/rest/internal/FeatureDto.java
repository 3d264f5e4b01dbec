// SPDX-License-Identifier: Apache-2.0
package org.solera.hardware.rest.internal;

import org.solera.hardware.api.HardwareService.FeatureVerdict;

/**
 * Wire form of whether a feature can run here.
 *
 * @param reason in plain words what is missing and what can be done; empty when it can run
 */
public record FeatureDto(String feature, boolean installed, boolean runnable, String reason) {
    /** {@return the wire form of a verdict} */
    static FeatureDto of(FeatureVerdict verdict) {
        return new FeatureDto(verdict.feature(), verdict.installed(), verdict.runnable(), verdict.reason());
    }
}
