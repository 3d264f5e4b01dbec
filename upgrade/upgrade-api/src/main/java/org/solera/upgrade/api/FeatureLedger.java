// SPDX-License-Identifier: Apache-2.0
package org.solera.upgrade.api;

import java.util.List;
import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;
import org.solera.platform.api.SoleraException;

/**
 * The journaled record of what is installed, and the only way to change it. The features service of the container obeys
 * it; a deleted bundle cache, a restart or a power cut leave exactly what the record says. Thread-safe; changes run one
 * at a time.
 */
@ProviderType
public interface FeatureLedger {
    /**
     * One feature that is installed.
     *
     * @param name its name
     * @param version its version
     * @param repository address of the feature repository that defines it
     * @param reason why it is installed: {@code product}, {@code swap 3}, {@code hardware}, {@code operator}
     */
    record Installed(String name, String version, String repository, String reason) {}

    /** {@return what is installed, by name} */
    List<Installed> installed();

    /**
     * {@return the names of all features in the feature repositories of this record, installed or not, generated ones
     * included; each once, sorted}
     */
    List<String> known();

    /**
     * Replaces a generated feature that holds capabilities only, together with everything that depends on it, in one
     * step. Without effect when the content is the same as before.
     *
     * @param name its name, for example {@code solera-hardware}
     * @param capabilities its capabilities in the notation of feature files
     * @param reason why, for the record
     * @return whether anything changed
     * @throws SoleraException if the resolver refuses, for example because a running feature needs what would go
     */
    boolean replaceGenerated(String name, List<String> capabilities, String reason) throws SoleraException;

    /**
     * Asks the resolver whether a feature could be installed now; changes nothing.
     *
     * @return the resolver's words if not, empty if it could
     */
    Optional<String> unmet(String feature) throws SoleraException;

    /** Installs a feature from a known repository and records it. */
    void install(String feature, String reason) throws SoleraException;

    /** Uninstalls a feature and records it. */
    void uninstall(String feature) throws SoleraException;

    /** Adds a feature repository by its address, {@code mvn:} or {@code file:}, and records it. */
    void addRepository(String address) throws SoleraException;

    /** {@return the addresses of the feature repositories in the record, in its order} */
    List<String> repositories();

    /**
     * Takes a feature repository from the record, also one whose file vanished.
     *
     * @throws SoleraException if it is not in the record, or if an installed feature comes from it
     */
    void removeRepository(String address) throws SoleraException;
}
