// SPDX-License-Identifier: Apache-2.0
package org.solera.upgrade.engine.internal;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.zip.CRC32C;
import org.solera.upgrade.api.SwapPhase;

/**
 * One line of the journal. As text: the CRC-32C of the rest in eight hex digits, a blank, then the fields in order,
 * separated by tabs; backslash, tab and line feed inside a field are written {@code \\}, {@code \t} and {@code \n}.
 *
 * @param id number of the swap
 * @param phase where the swap stands
 * @param time when the line was written, UTC
 * @param bundle symbolic name
 * @param fromVersion version before
 * @param toVersion version asked for
 * @param target the feature that holds the new version; whether the record names it decides after a power cut
 * @param failure why the swap was taken back, or what is left to do; empty when there is nothing
 * @param step what was done, as a sentence; empty when there is nothing to tell
 */
record JournalLine(
        long id,
        SwapPhase phase,
        Instant time,
        String bundle,
        String fromVersion,
        String toVersion,
        FeatureId target,
        String failure,
        String step) {
    private static final int FIELDS = 9;
    private static final int LONGEST_FIELD = 2_000;

    JournalLine {
        failure = cut(failure);
        step = cut(step);
    }

    private static String cut(String text) {
        return text.length() <= LONGEST_FIELD ? text : text.substring(0, LONGEST_FIELD) + "…";
    }

    /** {@return a line of the same swap, later} */
    JournalLine then(SwapPhase next, Instant now, String newFailure, String newStep) {
        return new JournalLine(id, next, now, bundle, fromVersion, toVersion, target, newFailure, newStep);
    }

    /** {@return this line as text, with its line feed} */
    String text() {
        String fields = String.join(
                "\t",
                Long.toString(id),
                phase.name(),
                time.toString(),
                escape(bundle),
                escape(fromVersion),
                escape(toVersion),
                escape(target.toString()),
                escape(failure),
                escape(step));
        return checksum(fields) + " " + fields + "\n";
    }

    /** {@return the line that this text holds, without its line feed; empty if it is damaged} */
    static Optional<JournalLine> parse(String text) {
        if (text.length() < 10 || text.charAt(8) != ' ') {
            return Optional.empty();
        }
        String fields = text.substring(9);
        if (!checksum(fields).equals(text.substring(0, 8))) {
            return Optional.empty();
        }
        List<String> parts = unescape(fields);
        if (parts.size() != FIELDS) {
            return Optional.empty();
        }
        try {
            return Optional.of(new JournalLine(
                    Long.parseLong(parts.get(0)),
                    SwapPhase.valueOf(parts.get(1)),
                    Instant.parse(parts.get(2)),
                    parts.get(3),
                    parts.get(4),
                    parts.get(5),
                    FeatureId.of(parts.get(6)),
                    parts.get(7),
                    parts.get(8)));
        } catch (IllegalArgumentException | DateTimeException unknown) {
            return Optional.empty();
        }
    }

    private static String checksum(String fields) {
        CRC32C crc = new CRC32C();
        crc.update(fields.getBytes(UTF_8));
        return "%08x".formatted(crc.getValue());
    }

    private static String escape(String field) {
        return field.replace("\\", "\\\\")
                .replace("\t", "\\t")
                .replace("\n", "\\n")
                .replace("\r", "");
    }

    private static List<String> unescape(String fields) {
        List<String> parts = new ArrayList<>();
        StringBuilder part = new StringBuilder();
        for (int i = 0; i < fields.length(); i++) {
            char each = fields.charAt(i);
            if (each == '\t') {
                parts.add(part.toString());
                part.setLength(0);
            } else if (each == '\\' && i + 1 < fields.length()) {
                char escaped = fields.charAt(++i);
                part.append(escaped == 't' ? '\t' : escaped == 'n' ? '\n' : escaped);
            } else {
                part.append(each);
            }
        }
        parts.add(part.toString());
        return parts;
    }
}
