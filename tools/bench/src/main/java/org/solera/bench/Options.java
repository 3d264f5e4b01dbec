// SPDX-License-Identifier: Apache-2.0
package org.solera.bench;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The command line after the name of the benchmark: {@code --key value}, {@code --json}, and files.
 *
 * @param values options with a value, without the dashes
 * @param json whether only JSON lines and the summary are wanted
 * @param operands everything else
 */
public record Options(Map<String, String> values, boolean json, List<String> operands) {
    public Options {
        values = Map.copyOf(values);
        operands = List.copyOf(operands);
    }

    /**
     * Reads a command line.
     *
     * @throws IllegalArgumentException if an option has no value
     */
    public static Options from(List<String> arguments) {
        Map<String, String> values = new HashMap<>();
        List<String> operands = new ArrayList<>();
        boolean json = false;
        for (int i = 0; i < arguments.size(); i++) {
            String word = arguments.get(i);
            if (word.equals("--json")) {
                json = true;
            } else if (word.startsWith("--")) {
                if (i + 1 == arguments.size()) {
                    throw new IllegalArgumentException("The option " + word + " needs a value.");
                }
                values.put(word.substring(2), arguments.get(++i));
            } else {
                operands.add(word);
            }
        }
        return new Options(values, json, operands);
    }

    /**
     * {@return a whole number, or the default}
     *
     * @throws IllegalArgumentException if the value is no positive number
     */
    public int number(String key, int defaultValue) {
        String value = values.get(key);
        if (value == null) {
            return defaultValue;
        }
        if (!value.matches("[1-9][0-9]{0,8}")) {
            throw new IllegalArgumentException("The option --" + key + " needs a positive number, not " + value + ".");
        }
        return Integer.parseInt(value);
    }
}
