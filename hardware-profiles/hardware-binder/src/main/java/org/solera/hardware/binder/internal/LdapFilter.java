// SPDX-License-Identifier: Apache-2.0
package org.solera.hardware.binder.internal;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A filter of a requirement, in the grammar of RFC 4515 as OSGi uses it. Immutable.
 *
 * <p>The framework has a filter too, but it only answers yes or no; to put one into words its parts are needed.
 */
sealed interface LdapFilter {
    /** All parts hold. */
    record And(List<LdapFilter> parts) implements LdapFilter {
        public And {
            parts = List.copyOf(parts);
        }
    }

    /** One part holds at least. */
    record Or(List<LdapFilter> parts) implements LdapFilter {
        public Or {
            parts = List.copyOf(parts);
        }
    }

    /** The part does not hold. */
    record Not(LdapFilter part) implements LdapFilter {}

    /**
     * An attribute is compared with a value.
     *
     * @param attribute its name
     * @param operator {@code =}, {@code >=}, {@code <=} or {@code ~=}
     * @param value the value without escapes; {@code *} alone asks only that the attribute is there
     */
    record Compare(String attribute, String operator, String value) implements LdapFilter {}

    /** {@return the filter that the text is; empty when it is none, or nested more than 32 deep} */
    static Optional<LdapFilter> parse(String text) {
        Parser parser = new Parser(text);
        Optional<LdapFilter> filter = parser.filter(0);
        return parser.atEnd() ? filter : Optional.empty();
    }

    /** Reads a filter from left to right. Confined to one call. */
    final class Parser {
        private static final int DEPTH_LIMIT = 32;

        private final String text;
        private int at;

        private Parser(String text) {
            this.text = text;
        }

        private boolean atEnd() {
            skipSpace();
            return at == text.length();
        }

        private void skipSpace() {
            while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
                at++;
            }
        }

        private boolean take(char expected) {
            skipSpace();
            boolean there = at < text.length() && text.charAt(at) == expected;
            if (there) {
                at++;
            }
            return there;
        }

        private Optional<LdapFilter> filter(int depth) {
            if (depth > DEPTH_LIMIT || !take('(')) {
                return Optional.empty();
            }
            Optional<LdapFilter> filter;
            if (take('&')) {
                filter = parts(depth).map(And::new);
            } else if (take('|')) {
                filter = parts(depth).map(Or::new);
            } else if (take('!')) {
                filter = filter(depth + 1).map(Not::new);
            } else {
                filter = compare();
            }
            return take(')') ? filter : Optional.empty();
        }

        private Optional<List<LdapFilter>> parts(int depth) {
            List<LdapFilter> parts = new ArrayList<>();
            skipSpace();
            while (at < text.length() && text.charAt(at) == '(') {
                Optional<LdapFilter> part = filter(depth + 1);
                if (part.isEmpty()) {
                    return Optional.empty();
                }
                parts.add(part.get());
                skipSpace();
            }
            return parts.isEmpty() ? Optional.empty() : Optional.of(parts);
        }

        private Optional<LdapFilter> compare() {
            int start = at;
            while (at < text.length() && "=<>~()".indexOf(text.charAt(at)) < 0) {
                at++;
            }
            String attribute = text.substring(start, at).strip();
            int operatorStart = at;
            if (at < text.length() && "<>~".indexOf(text.charAt(at)) >= 0) {
                at++;
            }
            if (attribute.isEmpty() || at >= text.length() || text.charAt(at) != '=') {
                return Optional.empty();
            }
            at++;
            return Optional.of(new Compare(attribute, text.substring(operatorStart, at), value()));
        }

        private String value() {
            StringBuilder value = new StringBuilder();
            while (at < text.length() && text.charAt(at) != ')') {
                if (text.charAt(at) == '\\' && at + 1 < text.length()) {
                    at++;
                }
                value.append(text.charAt(at++));
            }
            return value.toString();
        }
    }
}
