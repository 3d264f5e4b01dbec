// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.api.settings;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;
import org.solera.platform.api.PlatformError;
import org.solera.platform.api.SoleraException;

/** Reads and changes the settings of all sections. Thread-safe; a change is durable when the method returns. */
@ProviderType
public interface Settings {
    /**
     * The values of a section.
     *
     * @param section what it is
     * @param values Boolean, Long, String or List of String by key; a secret is {@code ""} or {@code "********"}
     * @param changed keys whose value was set by hand
     * @param version names this state; edits say which one they are based on
     */
    record State(SettingsSection section, Map<String, Object> values, List<String> changed, String version) {}

    /** {@return all sections by id} */
    List<State> sections();

    Optional<State> section(String id);

    /**
     * Sets values; a value that is not named stays, a null value goes back to its default, a secret of
     * {@code "********"} stays as it is.
     *
     * @throws SoleraException with {@link PlatformError#NOT_FOUND}, {@link PlatformError#INVALID_REQUEST} if a value is
     *     not allowed, {@link PlatformError#CONFLICT} if the version is not the current one
     */
    State update(String id, Map<String, ?> values, String version) throws SoleraException;

    /** Tries values without taking them; {@return what was done, as a sentence} */
    String test(String id, Map<String, ?> values) throws SoleraException;
}
