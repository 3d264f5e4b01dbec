// SPDX-License-Identifier: Apache-2.0
package org.solera.hardware.binder.internal;

import java.util.List;
import java.util.Map;

/**
 * A hardware profile. Immutable. Source: a YAML file, see {@code profiles/schema.json}.
 *
 * @param name its name
 * @param added whether it was added on this box, not shipped
 * @param description what it is for, by language tag
 * @param match what a machine must be; all conditions must hold
 * @param capabilities what it adds to the capabilities of the machine
 * @param tuning settings by configuration PID and key; a value is a text, a whole number, a truth value or a list of
 *     texts
 */
record Profile(
        String name,
        boolean added,
        Map<String, String> description,
        List<Condition> match,
        List<Extra> capabilities,
        Map<String, Map<String, Object>> tuning) {
    Profile {
        description = Map.copyOf(description);
        match = List.copyOf(match);
        capabilities = List.copyOf(capabilities);
        tuning = Map.copyOf(tuning);
    }

    /**
     * A capability that does not come from a fact.
     *
     * @param namespace its namespace
     * @param attributes its attributes, texts and whole numbers
     */
    record Extra(String namespace, Map<String, Object> attributes) {
        Extra {
            attributes = Map.copyOf(attributes);
        }
    }
}
