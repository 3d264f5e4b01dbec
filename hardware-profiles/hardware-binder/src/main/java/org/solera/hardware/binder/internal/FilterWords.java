// SPDX-License-Identifier: Apache-2.0
package org.solera.hardware.binder.internal;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.solera.hardware.binder.internal.LdapFilter.And;
import org.solera.hardware.binder.internal.LdapFilter.Compare;
import org.solera.hardware.binder.internal.LdapFilter.Not;
import org.solera.hardware.binder.internal.LdapFilter.Or;

/** Puts the filter of a requirement into words, as they follow "with". Stateless. */
final class FilterWords {
    private FilterWords() {}

    /** {@return the filter in words} */
    static String of(LdapFilter filter) {
        if (filter instanceof And and) {
            return join(and.parts(), " and ");
        }
        if (filter instanceof Or or) {
            return join(or.parts(), " or ");
        }
        if (filter instanceof Not not) {
            return not(not.part());
        }
        return compare((Compare) filter);
    }

    /** A list of one kind inside a list of the other kind is set apart, or nobody could tell what belongs together. */
    private static String join(List<LdapFilter> parts, String word) {
        if (parts.size() == 1) {
            return of(parts.get(0));
        }
        List<String> words = new ArrayList<>();
        for (LdapFilter part : parts) {
            boolean list = part instanceof And || part instanceof Or;
            words.add(list ? "(" + of(part) + ")" : of(part));
        }
        if (words.size() > 2) { // a, b and c
            return String.join(", ", words.subList(0, words.size() - 1)) + word + words.get(words.size() - 1);
        }
        return String.join(word, words);
    }

    private static String not(LdapFilter part) {
        if (part instanceof Not twice) {
            return of(twice.part());
        }
        if (!(part instanceof Compare compare)) {
            return "not (" + of(part) + ")";
        }
        String name = name(compare.attribute());
        return switch (compare.operator()) {
            case ">=" -> "%s below %s".formatted(name, value(compare));
            case "<=" -> "%s above %s".formatted(name, value(compare));
            default -> compare.value().equals("*") ? "no " + name : "%s other than %s".formatted(name, value(compare));
        };
    }

    private static String compare(Compare compare) {
        String attribute = compare.attribute();
        String name = name(attribute);
        String value = value(compare);
        if (compare.value().equals("*")) {
            return attribute.startsWith("encoder.") ? "a hardware encoder for " + name : "any " + name;
        }
        if (attribute.startsWith("encoder.") && compare.operator().equals("=")) {
            return "the hardware encoder %s for %s".formatted(value, name);
        }
        return switch (compare.operator()) {
            case ">=" -> least(attribute, name, value);
            case "<=" -> "%s %s at most".formatted(name, value);
            case "~=" -> "%s like %s".formatted(name, value);
            default -> compare.value().contains("*") ? "%s like %s".formatted(name, value) : name + " " + value;
        };
    }

    private static String least(String attribute, String name, String value) {
        return switch (attribute) {
            case "vulkan", "version" -> "%s %s or later".formatted(name, value);
            case "cores" -> "%s cores or more".formatted(value);
            case "memory.bytes" -> "%s of memory or more".formatted(value);
            default -> "%s %s or more".formatted(name, value);
        };
    }

    private static String name(String attribute) {
        if (attribute.startsWith("encoder.")) {
            return attribute.substring("encoder.".length());
        }
        return switch (attribute) {
            case "vulkan" -> "Vulkan";
            case "arch" -> "architecture";
            case "memory.bytes" -> "memory";
            case "board.vendor" -> "maker";
            case "board.product" -> "product";
            default -> attribute;
        };
    }

    private static String value(Compare compare) {
        if (compare.attribute().endsWith(".bytes")) {
            OptionalLong bytes = number(compare.value());
            if (bytes.isPresent()) {
                return Amounts.bytes(bytes.getAsLong());
            }
        }
        return compare.value();
    }

    private static OptionalLong number(String text) {
        return text.matches("[0-9]{1,18}") ? OptionalLong.of(Long.parseLong(text)) : OptionalLong.empty();
    }
}
