// SPDX-License-Identifier: Apache-2.0
package org.solera.upgrade.api;

import org.solera.platform.api.ErrorCode;

/** Codes of upgrade failures. */
public enum UpgradeError implements ErrorCode {
    /** The file is not a bundle of this product. */
    NOT_A_BUNDLE(false),
    /** The bundle is not installed, so there is nothing to replace. */
    NOT_INSTALLED(false),
    /** This very version is installed already. */
    SAME_VERSION(false),
    /** The bundle cannot be replaced while the appliance runs. */
    NEEDS_RESTART(false),
    /** The plan asked for is not the plan that was made; the appliance has changed since. */
    STALE_PLAN(false),
    /** Another change is under way. */
    BUSY(true),
    /** The requirements of the new version are not met. */
    DOES_NOT_RESOLVE(false),
    /** The new version did not start. */
    DOES_NOT_START(false),
    /** The new version started and did not become, or did not stay, healthy. */
    UNHEALTHY(false),
    /** The new version could not take over what only one may own. */
    HAND_OVER_FAILED(false),
    /** The record of what is installed could not be written. */
    RECORD_NOT_WRITTEN(true);

    private final boolean retryable;

    UpgradeError(boolean retryable) {
        this.retryable = retryable;
    }

    @Override
    public boolean retryable() {
        return retryable;
    }
}
