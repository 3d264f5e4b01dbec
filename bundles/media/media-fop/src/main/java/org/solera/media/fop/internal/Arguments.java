// SPDX-License-Identifier: Apache-2.0
package org.solera.media.fop.internal;

import java.util.List;
import org.solera.media.api.MediaError;
import org.solera.media.api.MediaException;

/** The slash-separated words of one operation, read one after the other. Confined to one thread. */
final class Arguments {
    private static final int SHOWN = 40;

    private final List<String> words;
    private int next = 1;

    /** @param operation the operation as written, its name first */
    Arguments(String operation) {
        this.words = List.of(operation.split("/", -1));
    }

    String operation() {
        return words.get(0);
    }

    boolean more() {
        return next < words.size();
    }

    /** {@return the next word, which names a parameter} */
    String name() {
        return words.get(next++);
    }

    /** {@return the value that follows the parameter} */
    String value(String parameter) throws MediaException {
        if (!more()) {
            throw invalid(
                    "The parameter %s of %s has no value.".formatted(shown(parameter), operation()), "Add a value.");
        }
        return words.get(next++);
    }

    int number(String parameter, int least, int most) throws MediaException {
        return number(parameter, value(parameter), least, most);
    }

    int number(String parameter, String text, int least, int most) throws MediaException {
        if (text.matches("\\d{1,9}")) {
            int number = Integer.parseInt(text);
            if (number >= least && number <= most) {
                return number;
            }
        }
        throw invalid(
                "The value of %s in %s is %s."
                        .formatted(parameter, operation(), text.isEmpty() ? "empty" : shown(text)),
                "Use a whole number from %d to %d.".formatted(least, most));
    }

    boolean flag(String parameter) throws MediaException {
        return number(parameter, 0, 1) == 1;
    }

    MediaException unknown(String parameter) {
        return new MediaException(
                MediaError.UNSUPPORTED_OPERATION,
                "%s has no parameter %s here.".formatted(operation(), shown(parameter)),
                "Leave it out.",
                null);
    }

    static MediaException invalid(String message, String next) {
        return new MediaException(MediaError.INVALID_OPERATION, message, next, null);
    }

    /** {@return text of a caller, short enough and plain enough for a message} */
    static String shown(String text) {
        String plain = text.replaceAll("[^\\x20-\\x7e]", "?");
        return '"' + (plain.length() > SHOWN ? plain.substring(0, SHOWN) + "..." : plain) + '"';
    }
}
