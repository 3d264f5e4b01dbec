// SPDX-License-Identifier: Apache-2.0
package org.solera.upgrade.engine.internal;

import java.util.List;
import java.util.Set;
import org.solera.upgrade.api.UpgradeError;
import org.solera.upgrade.api.UpgradeException;

/**
 * What this engine needs of the container that installs features. Every change runs to its end before the call returns.
 * Callers hold the {@link ChangeLock}.
 */
public interface FeatureContainer {
    /**
     * A feature that a repository defines.
     *
     * @param id name and version
     * @param repository address of the repository
     * @param installed whether it is installed now
     * @param bundles addresses of its own bundles
     */
    record Known(FeatureId id, String repository, boolean installed, List<String> bundles) {
        public Known {
            bundles = List.copyOf(bundles);
        }
    }

    /** {@return all features of the repositories that were added} */
    List<Known> features() throws UpgradeException;

    /** {@return the features that were asked for, as against those that came with others} */
    Set<FeatureId> required() throws UpgradeException;

    /** {@return the XML of one feature element} */
    String definition(FeatureId feature) throws UpgradeException;

    /** {@return the repositories that this repository names} */
    List<String> repositoriesIn(String repository) throws UpgradeException;

    /** {@return the addresses of the repositories that could be read} */
    Set<String> repositories() throws UpgradeException;

    /** Makes the features of a repository known; without effect when they are. */
    void addRepository(String address) throws UpgradeException;

    /** Forgets the features of a repository; without effect when they are not known. */
    void removeRepository(String address) throws UpgradeException;

    /**
     * Asks whether a feature could be installed beside what is there.
     *
     * @throws UpgradeException with {@link UpgradeError#DOES_NOT_RESOLVE} and the resolver's words
     */
    void simulate(FeatureId feature) throws UpgradeException;

    /**
     * Installs a feature beside what is there and starts its bundles; refreshes nothing.
     *
     * @throws UpgradeException with {@link UpgradeError#DOES_NOT_RESOLVE}, nothing was changed, or with
     *     {@link UpgradeError#DOES_NOT_START}, the feature is installed
     */
    void install(FeatureId feature) throws UpgradeException;

    /**
     * Installs a feature in the place of all other versions of it, in one step.
     *
     * @throws UpgradeException with {@link UpgradeError#DOES_NOT_RESOLVE}; nothing was changed
     */
    void replace(FeatureId feature) throws UpgradeException;

    /** Uninstalls a feature and the bundles that nothing else needs; refreshes nothing. */
    void uninstall(FeatureId feature) throws UpgradeException;
}
