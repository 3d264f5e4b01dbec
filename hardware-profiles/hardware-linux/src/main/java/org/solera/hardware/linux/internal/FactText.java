// SPDX-License-Identifier: Apache-2.0
package org.solera.hardware.linux.internal;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/** Turns the text of kernel files into facts: one clean line, a number, a value beside a key. */
final class FactText {
    private static final int LINE_LIMIT = 256; // characters; no honest name of a part is longer

    /** What makers leave in their tables when they have nothing to say. */
    private static final Set<String> NOTHING_SAID = Set.of(
            "to be filled by o.e.m.",
            "default string",
            "not specified",
            "not applicable",
            "none",
            "unknown",
            "system manufacturer",
            "system product name");

    private FactText() {}

    /** {@return the first line without control and replacement characters, at most 256 characters} */
    static String line(String text) {
        int end = 0;
        StringBuilder clean = new StringBuilder();
        while (end < text.length() && text.charAt(end) != '\n' && clean.length() < LINE_LIMIT) {
            char each = text.charAt(end++);
            if (!Character.isISOControl(each) && each != '\uFFFD') {
                clean.append(each);
            }
        }
        return clean.toString().strip();
    }

    /** {@return the text, or empty if its maker only left a placeholder} */
    static String said(String text) {
        return NOTHING_SAID.contains(text.toLowerCase(Locale.ROOT)) ? "" : text;
    }

    /** {@return the value of the first line {@code key<separator>value}} */
    static Optional<String> value(String text, String key, char separator) {
        return text.lines()
                .filter(line -> line.startsWith(key))
                .filter(line -> {
                    int at = line.indexOf(separator);
                    return at > 0 && line.substring(0, at).strip().equals(key);
                })
                .map(line -> line(line.substring(line.indexOf(separator) + 1)))
                .findFirst();
    }

    /** {@return the entries of a list that ends each with a zero byte, as the device tree has them} */
    static List<String> zeroEnded(String text) {
        return Arrays.stream(text.split("\0"))
                .map(FactText::line)
                .filter(entry -> !entry.isEmpty())
                .limit(64)
                .toList();
    }

    /** {@return the number that the text is, if it is one that is not negative} */
    static OptionalLong number(String text) {
        String digits = text.strip();
        if (digits.isEmpty() || digits.length() > 18 || !digits.chars().allMatch(each -> each >= '0' && each <= '9')) {
            return OptionalLong.empty();
        }
        return OptionalLong.of(Long.parseLong(digits));
    }

    /** {@return the number of processors in a kernel list such as {@code 0-3,8}; 0 when it is no such list} */
    static int listed(String list) {
        long count = 0;
        for (String range : list.strip().split(",")) {
            String[] ends = range.split("-", 2);
            OptionalLong first = number(ends[0]);
            OptionalLong last = number(ends[ends.length - 1]);
            if (first.isEmpty() || last.isEmpty() || last.getAsLong() < first.getAsLong()) {
                return 0;
            }
            count += last.getAsLong() - first.getAsLong() + 1;
        }
        return count > 65_536 ? 0 : (int) count; // no machine has more; the file is not what it seems
    }
}
