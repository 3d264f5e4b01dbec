// SPDX-License-Identifier: Apache-2.0
package org.solera.hardware.binder.internal;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Amounts of bytes as people write and read them; units are powers of two. */
final class Amounts {
    private static final Pattern WRITTEN = Pattern.compile("([1-9][0-9]{0,5})(MiB|GiB|TiB)");
    private static final Map<String, Integer> SHIFT = Map.of("MiB", 20, "GiB", 30, "TiB", 40);

    private Amounts() {}

    /** {@return the bytes of an amount such as {@code 16GiB}} */
    static OptionalLong parse(String text) {
        Matcher amount = WRITTEN.matcher(text);
        return amount.matches()
                ? OptionalLong.of(Long.parseLong(amount.group(1)) << SHIFT.getOrDefault(amount.group(2), 0))
                : OptionalLong.empty();
    }

    /** {@return the amount in its largest unit that leaves at least 1, with one digit after the point if it needs one} */
    static String bytes(long bytes) {
        for (String unit : List.of("TiB", "GiB", "MiB")) {
            double amount = bytes / (double) (1L << SHIFT.getOrDefault(unit, 0));
            if (amount >= 1) {
                String text = String.format(Locale.ROOT, "%.1f", amount);
                return (text.endsWith(".0") ? text.substring(0, text.length() - 2) : text) + " " + unit;
            }
        }
        return bytes + " bytes";
    }
}
