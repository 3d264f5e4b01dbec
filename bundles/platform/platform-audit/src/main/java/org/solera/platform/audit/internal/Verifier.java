// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.audit.internal;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.solera.platform.api.audit.AuditRecord;
import org.solera.platform.api.audit.AuditVerdict;

/** Reads a chain once, in order, and finds the first record that is changed or missing. Used by one thread, once. */
final class Verifier {
    private final Path folder;
    private final BoxKey key;
    private final ChainState state;
    private final MessageDigest digest = Lines.sha256();

    private Optional<Head> head = Optional.empty();
    private long records;
    private long first;
    private long expected; // sequence of the next record
    private String previous = Lines.NO_HASH;
    private String firstPrevious = Lines.NO_HASH;
    private long trimmedTo;
    private String trimmedHash = Lines.NO_HASH;
    private String odd = ""; // what is wrong with the size of the segment before, if nothing better explains it
    private @Nullable AuditVerdict verdict;

    /** @param state the chain as its writer knows it; nothing behind it is looked at */
    Verifier(Path folder, BoxKey key, ChainState state) {
        this.folder = folder;
        this.key = key;
        this.state = state;
    }

    AuditVerdict run() throws IOException {
        head = Head.read(folder, key);
        boolean begun = false;
        for (Segment segment : state.segments()) {
            try {
                segment(segment, !begun, segment == state.last());
            } catch (NoSuchFileException gone) {
                broken(begun ? expected : segment.first(), "Segment %,d is missing.".formatted(segment.number()));
            }
            begun = true;
            if (verdict != null) {
                return verdict;
            }
        }
        end();
        return verdict != null
                ? verdict
                : new AuditVerdict(
                        true,
                        records,
                        first,
                        0,
                        "All %,d records from %,d on fit together, and the signed head fits them."
                                .formatted(records, first));
    }

    private void broken(long sequence, String detail) {
        if (verdict == null) {
            verdict = new AuditVerdict(false, records, first, Math.max(1, sequence), detail);
        }
    }

    private void segment(Segment segment, boolean oldest, boolean growing) throws IOException {
        Path file = segment.file(folder);
        long size = Files.size(file);
        try (LineReader lines = new LineReader(file, segment.bytes())) {
            if (!head(segment, oldest, lines.next())) {
                return;
            }
            for (Lines.View line = lines.next(); line != null; line = lines.next()) {
                if (!record(line)) {
                    return;
                }
            }
            if (lines.offset() != segment.bytes() || size < segment.bytes()) {
                odd = "Record %,d and what follows in segment %,d is cut off or changed."
                        .formatted(expected, segment.number());
            } else if (!growing && size != segment.bytes()) {
                odd = "Something was added behind record %,d in segment %,d.".formatted(expected - 1, segment.number());
            }
        }
    }

    private boolean head(Segment segment, boolean oldest, Lines.@Nullable View line) {
        long at = oldest ? segment.first() : expected;
        if (line == null) {
            broken(at, "Segment %,d is empty.".formatted(segment.number()));
            return false;
        }
        String text = new String(line.buffer(), line.from(), line.length(), UTF_8);
        SegmentHead own;
        try {
            own = SegmentHead.parse(text);
        } catch (IllegalArgumentException changed) {
            broken(at, "The head of segment %,d was changed.".formatted(segment.number()));
            return false;
        }
        if (!SegmentHead.signed(text, key) || own.segment() != segment.number()) {
            broken(at, "The head of segment %,d does not carry the signature of this box.".formatted(segment.number()));
            return false;
        }
        if (oldest) {
            first = own.first();
            expected = own.first();
            firstPrevious = own.previous();
            previous = own.previous();
            return true;
        }
        if (own.first() > expected) {
            broken(expected, "The records %,d to %,d are missing.".formatted(expected, own.first() - 1));
            return false;
        }
        if (own.first() != expected || !own.previous().equals(previous)) {
            broken(
                    expected - 1,
                    "Record %,d is not the one that segment %,d goes on from."
                            .formatted(expected - 1, segment.number()));
            return false;
        }
        if (!odd.isEmpty()) {
            broken(expected, odd);
            return false;
        }
        return true;
    }

    private boolean record(Lines.View line) {
        if (!line.intact(digest)) {
            broken(expected, "Record %,d was changed.".formatted(expected));
            return false;
        }
        long sequence = line.sequence();
        if (sequence > expected) {
            broken(
                    expected,
                    sequence == expected + 1
                            ? "Record %,d is missing.".formatted(expected)
                            : "The records %,d to %,d are missing.".formatted(expected, sequence - 1));
            return false;
        }
        if (sequence < expected) {
            broken(
                    Math.max(sequence, expected - 1),
                    "Record %,d stands where record %,d should.".formatted(sequence, expected));
            return false;
        }
        if (!line.previousIs(previous)) {
            broken(
                    Math.max(first, expected - 1),
                    "Record %,d is not the one that record %,d goes on from.".formatted(expected - 1, expected));
            return false;
        }
        previous = line.hash();
        if (line.saysFirst(Trimmed.BEGINNING)) {
            AuditRecord record = line.record();
            trimmedTo = Math.max(trimmedTo, Trimmed.last(record));
            trimmedHash = trimmedTo == Trimmed.last(record) ? Trimmed.hash(record) : trimmedHash;
            if (Trimmed.last(record) == first - 1) {
                trimmedTo = first - 1;
                trimmedHash = Trimmed.hash(record);
            }
        }
        if (head.isPresent()
                && head.get().valid()
                && head.get().sequence() == sequence
                && !head.get().hash().equals(previous)) {
            broken(
                    sequence,
                    "Record %,d is not the one that was signed; it or one before it was replaced.".formatted(sequence));
            return false;
        }
        records++;
        expected++;
        return true;
    }

    private void end() {
        if (verdict != null) {
            return;
        }
        if (first > trimmedTo + 1) {
            broken(
                    trimmedTo + 1,
                    "The records %,d to %,d are missing, and no record says that they were let go."
                            .formatted(trimmedTo + 1, first - 1));
        } else if (first == trimmedTo + 1 && !firstPrevious.equals(trimmedHash)) {
            broken(first, "Record %,d does not go on from the records that were let go.".formatted(first));
        } else if (expected <= state.sequence()) {
            broken(expected, "The records %,d to %,d are missing.".formatted(expected, state.sequence()));
        } else if (!previous.equals(state.hash())) {
            broken(expected - 1, "Record %,d is not the one that was written.".formatted(expected - 1));
        } else if (!odd.isEmpty()) {
            broken(expected, odd);
        } else if (head.isEmpty() || !head.get().valid() || head.get().sequence() > state.sequence()) {
            broken(
                    expected,
                    "The signed head is missing or was changed: that nothing behind record %,d was cut off "
                                    .formatted(expected - 1)
                            + "cannot be shown.");
        }
    }
}
