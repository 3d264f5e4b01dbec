// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.audit.internal;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * As much JSON as the files of the audit hold: strings are written as RFC 8785 says, numbers are whole. Reads texts,
 * whole numbers, null, lists and objects, three levels deep. Used by one thread.
 */
final class Json {
    private static final int DEEPEST = 3;

    private final String text;
    private int at;

    private Json(String text) {
        this.text = text;
    }

    /** Appends a string in quotes. */
    static void quote(StringBuilder out, String value) {
        out.append('"');
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            switch (c) {
                case '"' -> out.append("\\\"");
                case '\\' -> out.append("\\\\");
                case '\b' -> out.append("\\b");
                case '\t' -> out.append("\\t");
                case '\n' -> out.append("\\n");
                case '\f' -> out.append("\\f");
                case '\r' -> out.append("\\r");
                default -> {
                    if (c < ' ') {
                        out.append("\\u00").append(hex(c >> 4)).append(hex(c & 15));
                    } else {
                        out.append(c);
                    }
                }
            }
        }
        out.append('"');
    }

    private static char hex(int digit) {
        return Character.forDigit(digit, 16);
    }

    /**
     * Reads an object.
     *
     * @return String, Long, List, Map or null by key
     * @throws IllegalArgumentException if the text is none
     */
    static Map<String, @Nullable Object> object(String text) {
        Json json = new Json(text);
        Map<String, @Nullable Object> object = json.map(0);
        if (json.at != text.length()) {
            throw json.wrong();
        }
        return object;
    }

    private Map<String, @Nullable Object> map(int depth) {
        Map<String, @Nullable Object> entries = new LinkedHashMap<>();
        expect('{');
        if (peek() == '}') {
            at++;
            return entries;
        }
        do {
            String key = string();
            expect(':');
            entries.put(key, value(depth + 1));
        } while (goesOn('}'));
        return entries;
    }

    private List<@Nullable Object> list(int depth) {
        List<@Nullable Object> entries = new ArrayList<>();
        expect('[');
        if (peek() == ']') {
            at++;
            return entries;
        }
        do {
            entries.add(value(depth + 1));
        } while (goesOn(']'));
        return entries;
    }

    private @Nullable Object value(int depth) {
        if (depth > DEEPEST) {
            throw wrong();
        }
        return switch (peek()) {
            case '"' -> string();
            case '{' -> map(depth);
            case '[' -> list(depth);
            case 'n' -> nothing();
            default -> number();
        };
    }

    private @Nullable Object nothing() {
        if (!text.startsWith("null", at)) {
            throw wrong();
        }
        at += 4;
        return null;
    }

    private Long number() {
        int from = at;
        while (at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9') {
            at++;
        }
        if (at == from || at - from > 18) {
            throw wrong();
        }
        return Long.parseLong(text, from, at, 10);
    }

    private String string() {
        expect('"');
        int from = at;
        StringBuilder escaped = null;
        while (peek() != '"') {
            if (text.charAt(at) == '\\') {
                escaped = escaped == null ? new StringBuilder() : escaped;
                escaped.append(text, from, at);
                escaped.append(escape());
                from = at;
            } else {
                at++;
            }
        }
        String plain = text.substring(from, at++);
        return escaped == null ? plain : escaped.append(plain).toString();
    }

    private char escape() {
        at++;
        char kind = peek();
        at++;
        return switch (kind) {
            case 'b' -> '\b';
            case 't' -> '\t';
            case 'n' -> '\n';
            case 'f' -> '\f';
            case 'r' -> '\r';
            case '"', '\\' -> kind;
            case 'u' -> {
                if (at + 4 > text.length()) {
                    throw wrong();
                }
                at += 4;
                yield (char) Integer.parseInt(text, at - 4, at, 16);
            }
            default -> throw wrong();
        };
    }

    private boolean goesOn(char end) {
        char next = peek();
        at++;
        if (next != ',' && next != end) {
            throw wrong();
        }
        return next == ',';
    }

    private void expect(char wanted) {
        if (peek() != wanted) {
            throw wrong();
        }
        at++;
    }

    private char peek() {
        if (at >= text.length()) {
            throw wrong();
        }
        return text.charAt(at);
    }

    private IllegalArgumentException wrong() {
        return new IllegalArgumentException("No JSON of the audit at character %,d.".formatted(at));
    }
}
