// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.jpa.internal;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.solera.platform.api.Grant;

/**
 * Writes values as texts that come back as they were, on every database: PostgreSQL keeps microseconds, Derby knows no
 * infinite number. A set is its elements in order, each ended by a line feed; within an element {@code \} and the line feed
 * are written {@code \\} and {@code \n}.
 */
final class Texts {
    private Texts() {}

    static String ofSet(Collection<String> set) {
        StringBuilder text = new StringBuilder();
        set.stream()
                .sorted()
                .forEach(each -> text.append(each.replace("\\", "\\\\").replace("\n", "\\n"))
                        .append('\n'));
        return text.toString();
    }

    static Set<String> toSet(String text) {
        return new LinkedHashSet<>(elements(text));
    }

    private static List<String> elements(String text) {
        List<String> elements = new ArrayList<>();
        StringBuilder current = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            char each = text.charAt(i);
            if (each == '\n') {
                elements.add(current.toString());
                current.setLength(0);
            } else if (each == '\\' && i + 1 < text.length()) {
                i++;
                current.append(text.charAt(i) == 'n' ? '\n' : text.charAt(i));
            } else {
                current.append(each);
            }
        }
        return elements;
    }

    static String ofGrants(Set<Grant> grants) {
        return ofSet(grants.stream().map(Grant::toString).toList());
    }

    static Set<Grant> toGrants(String text) {
        return elements(text).stream().map(Grant::parse).collect(Collectors.toUnmodifiableSet());
    }

    static @Nullable String ofTime(@Nullable Instant time) {
        return time == null ? null : time.toString();
    }

    static @Nullable Instant toTime(@Nullable String text) {
        return text == null ? null : Instant.parse(text);
    }
}
