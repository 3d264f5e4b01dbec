// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.shell.internal.system;

import java.io.IOException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.solera.platform.api.PlatformError;
import org.solera.platform.api.SoleraException;
import org.solera.platform.api.settings.SettingField;
import org.solera.platform.api.settings.Settings;
import org.solera.platform.api.settings.SettingsSection;

/** Settings as they are typed. */
final class Sections {
    private Sections() {}

    /** Asks for a secret. */
    interface Secrets {
        String ask(String key) throws IOException;
    }

    static Settings.State require(Settings settings, String id) throws SoleraException {
        return settings.section(id)
                .orElseThrow(() -> new SoleraException(
                        PlatformError.NOT_FOUND,
                        "There are no settings %s.".formatted(id),
                        "Ask settings:list for what there is.",
                        null));
    }

    static String text(@Nullable Object value) {
        if (value instanceof List<?> list) {
            return list.stream().map(String::valueOf).collect(Collectors.joining(", "));
        }
        return value == null ? "" : value.toString();
    }

    /** {@return the values by key, of the type of their fields; null for the default} */
    static Map<String, @Nullable Object> values(SettingsSection section, List<String> typed, Secrets secrets)
            throws SoleraException, IOException {
        Map<String, @Nullable Object> values = new LinkedHashMap<>();
        for (String each : typed) {
            int equals = each.indexOf('=');
            String key = equals < 0 ? each : each.substring(0, equals);
            SettingField field = section.fields().stream()
                    .filter(known -> known.key().equals(key))
                    .findFirst()
                    .orElseThrow(() -> invalid("%s has no setting %s.".formatted(section.id(), key), null));
            if (field.type() == SettingField.Type.SECRET) {
                values.put(key, secret(field, equals < 0 ? null : each.substring(equals + 1), secrets));
            } else if (equals < 0) {
                throw invalid("%s has no value.".formatted(key), null);
            } else {
                values.put(key, value(field, each.substring(equals + 1)));
            }
        }
        return values;
    }

    private static @Nullable Object secret(SettingField field, @Nullable String typed, Secrets secrets)
            throws SoleraException, IOException {
        if (typed == null) {
            return secrets.ask(field.key());
        }
        if (!typed.isEmpty()) {
            throw invalid("A secret is not typed into the line, where others can read it.", null);
        }
        return null;
    }

    private static @Nullable Object value(SettingField field, String text) throws SoleraException {
        if (text.isEmpty()) {
            return null;
        }
        try {
            return switch (field.type()) {
                case NUMBER -> Long.valueOf(text);
                case BOOLEAN -> truth(field, text);
                case LIST ->
                    Arrays.stream(text.split(",", 10_000)).map(String::strip).toList();
                default -> text;
            };
        } catch (NumberFormatException wrong) {
            throw invalid("%s is no number.".formatted(field.key()), wrong);
        }
    }

    private static Boolean truth(SettingField field, String text) throws SoleraException {
        if (!text.equals("true") && !text.equals("false")) {
            throw invalid("%s is neither true nor false.".formatted(field.key()), null);
        }
        return Boolean.valueOf(text);
    }

    private static SoleraException invalid(String cause, @Nullable Exception wrong) {
        return new SoleraException(
                PlatformError.INVALID_REQUEST,
                cause,
                "Write key=value, or the key of a secret alone; settings:get shows the keys.",
                wrong);
    }
}
