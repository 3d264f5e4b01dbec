// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.shell.internal.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.solera.platform.api.SoleraException;
import org.solera.platform.api.settings.SettingField;
import org.solera.platform.api.settings.SettingsSection;

class SectionsTest {
    private static SettingField field(String key, SettingField.Type type) {
        return new SettingField(key, type, key, key, "", "", "", 0, 100, List.of());
    }

    private static final SettingsSection MAIL = new SettingsSection() {
        @Override
        public String id() {
            return "mail";
        }

        @Override
        public String title() {
            return "Mail";
        }

        @Override
        public String titleZh() {
            return "邮件";
        }

        @Override
        public String pid() {
            return "solera.mail";
        }

        @Override
        public List<SettingField> fields() {
            return List.of(
                    field("host", SettingField.Type.TEXT),
                    field("port", SettingField.Type.NUMBER),
                    field("tls", SettingField.Type.BOOLEAN),
                    field("to", SettingField.Type.LIST),
                    field("password", SettingField.Type.SECRET));
        }
    };

    private static Map<String, Object> values(String... typed) throws Exception {
        return Sections.values(MAIL, List.of(typed), key -> "asked for " + key);
    }

    @Test
    void everyValueGetsTheTypeOfItsField() throws Exception {
        Map<String, Object> expected = new HashMap<>();
        expected.put("host", "a=b");
        expected.put("port", 25L);
        expected.put("tls", true);
        expected.put("to", List.of("x@y", "z@y"));
        expected.put("password", "asked for password");
        assertEquals(expected, values("host=a=b", "port=25", "tls=true", "to=x@y, z@y", "password"));
    }

    @Test
    void nothingBehindTheSignIsTheDefault() throws Exception {
        Map<String, Object> expected = new HashMap<>();
        expected.put("port", null);
        expected.put("password", null);
        assertEquals(expected, values("port=", "password="));
    }

    @Test
    void whatDoesNotFitIsRefused() {
        for (String wrong : List.of("port=many", "tls=yes", "other=1", "host", "password=typed")) {
            assertThrows(SoleraException.class, () -> values(wrong), wrong);
        }
    }
}
