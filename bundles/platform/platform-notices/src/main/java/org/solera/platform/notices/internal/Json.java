// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.notices.internal;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.solera.platform.api.notices.Notice;

/** Writes a message as a flat JSON object. */
final class Json {
    private Json() {}

    static String of(Message message, String box) {
        Notice notice = message.notice();
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put("version", 1);
        fields.put("box", box);
        fields.put("event", message.kind().name().toLowerCase(Locale.ROOT));
        fields.put("at", message.at());
        fields.put("id", notice.id());
        fields.put("rule", notice.rule());
        fields.put("subject", notice.subject());
        fields.put("severity", notice.severity().name().toLowerCase(Locale.ROOT));
        fields.put("title", notice.title());
        fields.put("titleZh", notice.titleZh());
        fields.put("nextAction", notice.nextAction());
        fields.put("nextActionZh", notice.nextActionZh());
        fields.put("value", Double.isFinite(notice.value()) ? notice.value() : null);
        fields.put("since", notice.since());
        fields.put("endedAt", notice.endedAt());
        return fields.entrySet().stream()
                .map(each -> quoted(each.getKey()) + ":" + value(each.getValue()))
                .collect(Collectors.joining(",", "{", "}"));
    }

    private static String value(@Nullable Object value) {
        return value == null || value instanceof Number ? String.valueOf(value) : quoted(value.toString());
    }

    static String quoted(String text) {
        StringBuilder quoted = new StringBuilder("\"");
        for (int i = 0; i < text.length(); i++) {
            char each = text.charAt(i);
            if (each == '"' || each == '\\') {
                quoted.append('\\').append(each);
            } else if (each < ' ' || Character.isSurrogate(each)) {
                quoted.append("\\u%04x".formatted((int) each));
            } else {
                quoted.append(each);
            }
        }
        return quoted.append('"').toString();
    }
}
