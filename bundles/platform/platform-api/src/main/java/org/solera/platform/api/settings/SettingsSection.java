// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.api.settings;

import java.util.List;
import java.util.Map;
import org.osgi.annotation.versioning.ConsumerType;
import org.solera.platform.api.SoleraException;

/**
 * A group of settings. Register it as a service; its values are a configuration of Configuration Admin, which the owner's
 * components take as any other. Secrets arrive there sealed; {@link org.solera.platform.api.secrets.Sealer#unseal} opens
 * them.
 */
@ConsumerType
public interface SettingsSection {
    /** {@return stable name and place in addresses: {@code mail}} */
    String id();

    /** {@return title in English} */
    String title();

    /** {@return title in Simplified Chinese} */
    String titleZh();

    /** {@return PID of the configuration} */
    String pid();

    /** {@return its values, in the order in which they are shown} */
    List<SettingField> fields();

    /**
     * {@return whether the values decide who comes in, where people or backups are kept, or what of the audit stays}
     * Whoever could change them could make themselves an owner or hide a trace, so owners alone may.
     */
    default boolean ofOwners() {
        return false;
    }

    /**
     * Checks values before they are taken; each is of its type and within its bounds already.
     *
     * @param values Boolean, Long, String or List of String by key; secrets in the clear
     * @throws SoleraException if they do not fit together; the message names the value
     */
    default void check(Map<String, Object> values) throws SoleraException {}

    /** {@return whether {@link #test} does something} */
    default boolean testable() {
        return false;
    }

    /**
     * Tries the values without taking them: sends a test mail, binds to the directory. At most 15 s.
     *
     * @return what was done, as a sentence
     */
    default String test(Map<String, Object> values) throws SoleraException {
        return "";
    }
}
