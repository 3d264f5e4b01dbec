// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.settings.internal;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.solera.platform.api.PlatformError;
import org.solera.platform.api.SoleraException;
import org.solera.platform.api.settings.SettingField;
import org.solera.platform.api.settings.SettingField.Type;
import org.solera.platform.api.settings.SettingsSection;

/**
 * What somebody wants changed: values to set, each of its type, and keys that go back to their defaults. A masked secret
 * is in neither: it stays.
 */
record Edit(Map<String, Object> set, Set<String> reset) {
    /** What stands for a secret that is set. */
    static final String MASK = "********";

    static Edit of(SettingsSection section, Map<String, ?> values) throws SoleraException {
        Map<String, SettingField> fields = new LinkedHashMap<>();
        section.fields().forEach(field -> fields.put(field.key(), field));
        Map<String, Object> set = new LinkedHashMap<>();
        Set<String> reset = new TreeSet<>();
        for (Map.Entry<String, ?> each : values.entrySet()) {
            SettingField field = fields.get(each.getKey());
            if (field == null) {
                throw new SoleraException(
                        PlatformError.INVALID_REQUEST,
                        "The settings %s have no value %s.".formatted(section.id(), each.getKey()),
                        "Look at the fields of these settings.",
                        null);
            }
            Object value = each.getValue();
            boolean secret = field.type() == Type.SECRET;
            if (value == null || (secret && value.equals(""))) {
                reset.add(field.key());
            } else if (!(secret && value.equals(MASK))) {
                set.put(field.key(), FieldCheck.accept(field, value));
            }
        }
        return new Edit(set, reset);
    }
}
