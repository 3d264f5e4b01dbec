// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.settings.internal;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.solera.platform.api.PlatformError;
import org.solera.platform.api.SoleraException;
import org.solera.platform.api.settings.SettingField;

/** Turns what people sent, or what is stored, into the type of a field. Stateless. */
final class FieldCheck {
    private static final int MOST_LINES = 1_000;
    private static final int LONGEST_LINE = 4_096;

    private FieldCheck() {}

    /**
     * Checks a value that somebody sent.
     *
     * @return Boolean, Long, String or List of String
     * @throws SoleraException with {@link PlatformError#INVALID_REQUEST}; the message names the key
     */
    static Object accept(SettingField field, Object value) throws SoleraException {
        return switch (field.type()) {
            case BOOLEAN -> {
                if (value instanceof Boolean truth) {
                    yield truth;
                }
                throw refused(field, "is true or false");
            }
            case NUMBER -> number(field, value);
            case TEXT, SECRET -> text(field, value);
            case CHOICE -> {
                if (value instanceof String choice && field.options().contains(choice)) {
                    yield choice;
                }
                throw refused(field, "is one of " + String.join(", ", field.options()));
            }
            case LIST -> lines(field, value);
        };
    }

    private static Long number(SettingField field, Object value) throws SoleraException {
        boolean whole = value instanceof Long || value instanceof Integer || value instanceof Short;
        if (whole && value instanceof Number number) {
            if (number.longValue() >= field.min() && number.longValue() <= field.max()) {
                return number.longValue();
            }
        }
        throw refused(field, "is a whole number from %d to %d".formatted(field.min(), field.max()));
    }

    private static String text(SettingField field, Object value) throws SoleraException {
        // An empty secret means that there is none, whatever the least length of one is.
        if (value instanceof String text
                && ((text.isEmpty() && field.type() == SettingField.Type.SECRET)
                        || (text.length() >= field.min() && text.length() <= field.max()))) {
            if (text.chars().anyMatch(c -> c < ' ' && c != '\n' && c != '\t')) {
                throw refused(field, "has no control characters");
            }
            return text;
        }
        throw refused(field, "has %d to %d characters".formatted(field.min(), field.max()));
    }

    private static List<String> lines(SettingField field, Object value) throws SoleraException {
        if (!(value instanceof List<?> list)) {
            throw refused(field, "is a list of texts");
        }
        List<String> lines = new ArrayList<>();
        for (Object each : list) {
            if (!(each instanceof String line)
                    || line.isBlank()
                    || line.length() > LONGEST_LINE
                    || line.chars().anyMatch(c -> c < ' ')) {
                throw refused(field, "holds texts of 1 to %d characters, one a line".formatted(LONGEST_LINE));
            }
            lines.add(line.strip());
        }
        long most = Math.min(MOST_LINES, field.max());
        if (lines.size() < field.min() || lines.size() > most) {
            throw refused(field, "has %d to %d lines".formatted(field.min(), most));
        }
        return List.copyOf(lines);
    }

    private static SoleraException refused(SettingField field, String rule) {
        return new SoleraException(
                PlatformError.INVALID_REQUEST,
                "%s (%s) %s.".formatted(field.title(), field.key(), rule),
                "Correct the value.",
                null);
    }

    /** {@return a stored value as its type; what cannot be read as that counts as not set} */
    static @Nullable Object stored(SettingField field, @Nullable Object value) {
        if (value == null) {
            return null;
        }
        return switch (field.type()) {
            case BOOLEAN ->
                value instanceof Boolean truth
                        ? truth
                        : Boolean.valueOf(String.valueOf(value).strip());
            case NUMBER -> longOf(value);
            case TEXT, SECRET, CHOICE -> String.valueOf(value);
            case LIST -> listOf(value);
        };
    }

    /** {@return the value when nothing is set} */
    static Object otherwise(SettingField field) {
        return switch (field.type()) {
            case BOOLEAN -> Boolean.valueOf(field.otherwise());
            case NUMBER -> {
                Long number = longOf(field.otherwise());
                yield number == null ? field.min() : number;
            }
            case TEXT, SECRET, CHOICE -> field.otherwise();
            case LIST ->
                field.otherwise().isEmpty()
                        ? List.of()
                        : field.otherwise().lines().toList();
        };
    }

    private static @Nullable Long longOf(Object value) {
        if (value instanceof Number number) {
            return number.longValue();
        }
        String text = String.valueOf(value).strip();
        return text.matches("-?[0-9]{1,18}") ? Long.valueOf(text) : null;
    }

    private static List<String> listOf(Object value) {
        if (value instanceof Object[] array) {
            return listOf(List.of(array));
        }
        if (value instanceof Iterable<?> several) {
            List<String> lines = new ArrayList<>();
            several.forEach(each -> lines.add(String.valueOf(each)));
            return List.copyOf(lines);
        }
        return List.of(String.valueOf(value));
    }

    /** {@return the value as Configuration Admin keeps it} */
    static Object kept(Object value) {
        return value instanceof List<?> list
                ? list.stream().map(String::valueOf).toArray(String[]::new)
                : value;
    }
}
