// SPDX-License-Identifier: Apache-2.0
package org.solera.hardware.binder.internal;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A mapping of a YAML file, read strictly: every failure names the file and the key.
 *
 * @param file name of the file, for failures
 * @param path where in the file the mapping is, for failures; empty at the top
 * @param values what it holds
 */
record YamlKeys(String file, String path, Map<String, Object> values) {
    /** {@return the mapping that a value of a file is} */
    static YamlKeys of(String file, String path, @Nullable Object value) throws ProfileException {
        if (!(value instanceof Map<?, ?> map)) {
            throw new ProfileException(file, path, "a mapping of keys to values is expected here.", null);
        }
        Map<String, Object> values = new LinkedHashMap<>();
        for (Map.Entry<?, ?> entry : map.entrySet()) {
            if (!(entry.getKey() instanceof String key)) {
                throw new ProfileException(file, path, "key " + entry.getKey() + " is no text; quote it.", null);
            }
            Object each = entry.getValue();
            if (each == null) {
                throw new ProfileException(file, join(path, key), "the value is missing.", null);
            }
            values.put(key, each);
        }
        return new YamlKeys(file, path, values);
    }

    private static String join(String path, String key) {
        return path.isEmpty() ? key : path + "." + key;
    }

    ProfileException failure(String key, String problem) {
        return new ProfileException(file, join(path, key), problem, null);
    }

    /** Refuses keys that are not known, so that a misspelt key is not a silent one. */
    void only(Set<String> known) throws ProfileException {
        for (String key : values.keySet()) {
            if (!known.contains(key)) {
                throw failure(key, "unknown key; known here: " + String.join(", ", new TreeSet<>(known)) + ".");
            }
        }
    }

    /** Refuses a mapping that is empty or holds more than {@code most} keys, or a key that does not look right. */
    void keys(int least, int most, Pattern shape) throws ProfileException {
        if (values.size() < least || values.size() > most) {
            throw new ProfileException(file, path, "%d to %d keys are allowed here.".formatted(least, most), null);
        }
        for (String key : values.keySet()) {
            if (!shape.matcher(key).matches()) {
                throw failure(key, "such a name is not allowed here.");
            }
        }
    }

    boolean has(String key) {
        return values.containsKey(key);
    }

    Object value(String key) throws ProfileException {
        Object value = values.get(key);
        if (value == null) {
            throw failure(key, "the key is missing.");
        }
        return value;
    }

    /** {@return a text of 1 to {@code most} characters} */
    String text(String key, int most) throws ProfileException {
        if (!(value(key) instanceof String text)) {
            throw failure(key, "a text is expected; put " + value(key) + " in quotes.");
        }
        if (text.isEmpty() || text.codePointCount(0, text.length()) > most) {
            throw failure(key, "1 to " + most + " characters are allowed.");
        }
        return text;
    }

    YamlKeys mapping(String key) throws ProfileException {
        return of(file, join(path, key), value(key));
    }

    /** {@return the mappings of a list; none when the key is absent} */
    List<YamlKeys> mappings(String key, int most) throws ProfileException {
        if (!has(key)) {
            return List.of();
        }
        if (!(value(key) instanceof List<?> list) || list.size() > most) {
            throw failure(key, "a list of at most " + most + " entries is expected.");
        }
        List<YamlKeys> entries = new ArrayList<>();
        for (int i = 0; i < list.size(); i++) {
            entries.add(of(file, "%s[%d]".formatted(join(path, key), i), list.get(i)));
        }
        return entries;
    }
}
