// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.notices.internal;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.solera.platform.api.PlatformError;
import org.solera.platform.api.SoleraException;
import org.solera.platform.api.notices.Severity;
import org.solera.platform.api.settings.SettingField;
import org.solera.platform.api.settings.SettingField.Type;

/** Describes the values that the channels have in common, and checks them. */
final class Fields {
    private static final int LONGEST_TEXT = 1_024;
    private static final int LONGEST_PEM = 65_536;
    private static final int HIGHEST_PORT = 65_535;

    private final List<SettingField> fields = new ArrayList<>();

    Fields() {
        fields.add(new SettingField("enabled", Type.BOOLEAN, "In use", "启用", "", "", "false", 0, 0, List.of()));
    }

    Fields text(String key, String title, String titleZh, String help, String helpZh) {
        return add(key, Type.TEXT, title, titleZh, help, helpZh, "", 0, LONGEST_TEXT);
    }

    Fields secret(String key, String title, String titleZh, String help, String helpZh) {
        return add(key, Type.SECRET, title, titleZh, help, helpZh, "", 0, LONGEST_TEXT);
    }

    Fields list(String key, String title, String titleZh, String help, String helpZh) {
        return add(key, Type.LIST, title, titleZh, help, helpZh, "", 0, LONGEST_TEXT);
    }

    Fields port(long otherwise) {
        return add("port", Type.NUMBER, "Port", "端口", "", "", Long.toString(otherwise), 1, HIGHEST_PORT);
    }

    Fields choice(String key, String title, String titleZh, String help, String helpZh, String... options) {
        fields.add(
                new SettingField(key, Type.CHOICE, title, titleZh, help, helpZh, options[0], 0, 0, List.of(options)));
        return this;
    }

    /** Adds what stands at the end of every channel, and gives all fields. */
    List<SettingField> done() {
        add(
                "authorityPem",
                Type.TEXT,
                "Certificate of the authority",
                "证书颁发机构的证书",
                "PEM text; empty for the authorities that are known everywhere.",
                "PEM 文本；留空则使用公认的颁发机构。",
                "",
                0,
                LONGEST_PEM);
        choice(
                "minimumSeverity",
                "Least severity",
                "最低级别",
                "Less severe notices are not sent this way.",
                "低于此级别的通知不通过此方式发送。",
                "warning",
                "info",
                "critical");
        return List.copyOf(fields);
    }

    private Fields add(
            String key,
            Type type,
            String title,
            String titleZh,
            String help,
            String helpZh,
            String otherwise,
            long min,
            long max) {
        fields.add(new SettingField(key, type, title, titleZh, help, helpZh, otherwise, min, max, List.of()));
        return this;
    }

    /** {@return the severity of a word of the settings; warning if there is none} */
    static Severity severity(String word) {
        return switch (word.toLowerCase(Locale.ROOT)) {
            case "info" -> Severity.INFO;
            case "critical" -> Severity.CRITICAL;
            default -> Severity.WARNING;
        };
    }

    /** {@return whether the channel is turned on by these values} */
    static boolean on(Map<String, Object> values) {
        return new Values(values).is("enabled");
    }

    static SoleraException refuse(String message, String next) {
        return new SoleraException(PlatformError.INVALID_REQUEST, message, next, null);
    }
}
