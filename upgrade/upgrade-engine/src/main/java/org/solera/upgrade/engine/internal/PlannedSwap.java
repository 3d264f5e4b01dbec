// SPDX-License-Identifier: Apache-2.0
package org.solera.upgrade.engine.internal;

import org.solera.upgrade.api.SwapPlan;

/**
 * A plan with all that its execution needs. Immutable.
 *
 * @param plan what people see
 * @param old the version that serves now
 * @param oldFeature feature that holds the old version
 * @param newFeature feature that holds the new version
 * @param oldRepository address of the repository that defines the old feature
 * @param oldRepositoryNeeded whether that repository defines other features that are installed
 * @param newRepository address of the repository that defines the new feature
 * @param newLocation address of the new bundle
 * @param recordHash hash of the record for which the plan was made
 */
record PlannedSwap(
        SwapPlan plan,
        RunningBundles.Running old,
        FeatureId oldFeature,
        FeatureId newFeature,
        String oldRepository,
        boolean oldRepositoryNeeded,
        String newRepository,
        String newLocation,
        String recordHash) {}
