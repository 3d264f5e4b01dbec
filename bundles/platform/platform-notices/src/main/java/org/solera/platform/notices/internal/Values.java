// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.notices.internal;

import java.util.List;
import java.util.Map;

/**
 * Reads checked values of a section.
 *
 * @param values Boolean, Long, String or List of String by key
 */
record Values(Map<String, Object> values) {
    String text(String key) {
        Object value = values.get(key);
        return value == null ? "" : value.toString().strip();
    }

    long number(String key) {
        return values.get(key) instanceof Number number ? number.longValue() : 0;
    }

    boolean is(String key) {
        return Boolean.TRUE.equals(values.get(key));
    }

    List<String> list(String key) {
        return values.get(key) instanceof List<?> list
                ? list.stream()
                        .map(each -> String.valueOf(each).strip())
                        .filter(each -> !each.isEmpty())
                        .toList()
                : List.of();
    }
}
