// SPDX-License-Identifier: Apache-2.0
package org.solera.hardware.binder.internal;

import java.util.Collection;
import java.util.regex.Pattern;
import org.osgi.framework.Version;

/**
 * One thing that a profile asks of a machine. Immutable.
 *
 * @param fact what is asked for
 * @param operator how it is compared
 * @param operand with what: a text, a regular expression, or a number, an amount in bytes or a version in digits
 */
record Condition(Fact fact, Operator operator, String operand) {
    /** How a fact is compared, by its key in a profile. */
    enum Operator {
        IS("is"),
        MATCHES("matches"),
        AT_LEAST("at-least");

        private final String key;

        Operator(String key) {
            this.key = key;
        }

        String key() {
            return key;
        }
    }

    /** {@return whether one of these values of the fact meets the condition} */
    boolean holds(Collection<String> values) {
        return values.stream().anyMatch(this::holds);
    }

    private boolean holds(String value) {
        return switch (operator) {
            case IS -> value.equals(operand);
            case MATCHES -> Pattern.matches(operand, value);
            case AT_LEAST -> atLeast(value);
        };
    }

    private boolean atLeast(String value) {
        return fact.kind() == Fact.Kind.VERSION
                ? Version.parseVersion(value).compareTo(Version.parseVersion(operand)) >= 0
                : Long.parseLong(value) >= Long.parseLong(operand);
    }

    /** {@return what is asked, in words, as it follows "needs"} */
    String wanted() {
        return switch (operator) {
            case IS -> fact.words() + " " + operand;
            case MATCHES -> "a " + fact.words() + " like /" + operand + "/";
            case AT_LEAST ->
                switch (fact.kind()) {
                    case BYTES -> Amounts.bytes(Long.parseLong(operand)) + " of " + fact.words() + " or more";
                    case COUNT -> operand + " " + fact.words() + " or more";
                    default -> fact.words() + " " + operand + " or later";
                };
        };
    }
}
