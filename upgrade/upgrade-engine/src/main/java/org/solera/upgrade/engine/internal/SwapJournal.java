// SPDX-License-Identifier: Apache-2.0
package org.solera.upgrade.engine.internal;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.nio.file.StandardOpenOption.APPEND;
import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.solera.upgrade.api.SwapPhase;
import org.solera.upgrade.api.SwapRecord;
import org.solera.upgrade.api.UpgradeError;
import org.solera.upgrade.api.UpgradeException;

/**
 * The journal of swaps: lines that are only appended, each on the drive before the step that it announces. A torn last
 * line is cut when the journal is opened. At {@link #LIMIT_BYTES} the oldest swaps are dropped.
 *
 * <p><b>Thread-safety:</b> thread-safe.
 */
final class SwapJournal {
    private static final Logger log = LoggerFactory.getLogger(SwapJournal.class);

    /** The size at which the journal is rewritten, in bytes. */
    static final long LIMIT_BYTES = 1L << 20;

    private static final int LONGEST_HISTORY = 200;

    private final Path file;
    private final Clock clock;
    private final TreeMap<Long, List<JournalLine>> swaps = new TreeMap<>(); // guarded by this
    private long sizeBytes; // guarded by this

    private SwapJournal(Path file, Clock clock) {
        this.file = file;
        this.clock = clock;
    }

    /** {@return the journal in this file, which need not exist} */
    static SwapJournal open(Path file, Clock clock) throws IOException {
        SwapJournal journal = new SwapJournal(file, clock);
        journal.load();
        return journal;
    }

    private synchronized void load() throws IOException {
        if (!Files.exists(file)) {
            return;
        }
        String text = new String(Files.readAllBytes(file), UTF_8);
        List<String> lines = text.lines().toList();
        int damaged = 0;
        for (String each : lines) {
            Optional<JournalLine> line = JournalLine.parse(each);
            line.ifPresent(this::remember);
            damaged += line.isPresent() ? 0 : 1;
        }
        sizeBytes = Files.size(file);
        if (damaged > 0 || !text.isEmpty() && !text.endsWith("\n")) {
            log.warn("The journal of swaps had {} damaged lines of {}; they were cut.", damaged, lines.size());
            rewrite();
        }
    }

    private void remember(JournalLine line) {
        swaps.computeIfAbsent(line.id(), absent -> new ArrayList<>()).add(line);
    }

    /** Begins a swap, durably. {@return its number} */
    synchronized long begin(String bundle, String fromVersion, String toVersion, FeatureId target, String step)
            throws UpgradeException {
        long id = swaps.isEmpty() ? 1 : swaps.lastKey() + 1;
        append(new JournalLine(
                id, SwapPhase.INTENT, clock.instant(), bundle, fromVersion, toVersion, target, "", step));
        return id;
    }

    /** Notes a step within the phase, durably. */
    synchronized void step(long id, String step) throws UpgradeException {
        JournalLine last = last(id);
        append(last.then(last.phase(), clock.instant(), last.failure(), step));
    }

    /** Moves a swap to its next phase, durably. */
    synchronized void move(long id, SwapPhase next, String step) throws UpgradeException {
        move(id, next, "", step);
    }

    /** Moves a swap to its next phase, durably, with what went wrong. */
    synchronized void move(long id, SwapPhase next, String failure, String step) throws UpgradeException {
        JournalLine last = last(id);
        append(last.then(last.phase().to(next), clock.instant(), failure, step));
    }

    private JournalLine last(long id) {
        List<JournalLine> lines = swaps.get(id);
        if (lines == null) {
            throw new IllegalArgumentException("There is no swap " + id + ".");
        }
        return lines.get(lines.size() - 1);
    }

    private void append(JournalLine line) throws UpgradeException {
        byte[] bytes = line.text().getBytes(UTF_8);
        try {
            try (FileChannel channel = FileChannel.open(file, CREATE, WRITE, APPEND)) {
                ByteBuffer left = ByteBuffer.wrap(bytes);
                while (left.hasRemaining()) {
                    channel.write(left);
                }
                channel.force(true);
            }
            sizeBytes += bytes.length;
            remember(line);
            if (sizeBytes > LIMIT_BYTES) {
                dropOldest();
                rewrite();
            }
        } catch (IOException notWritten) {
            throw new UpgradeException(
                    UpgradeError.RECORD_NOT_WRITTEN,
                    "The journal of swaps could not be written: %s.".formatted(DurableFile.words(notWritten)),
                    "Check free space and the health of the drive that holds the data folder.",
                    notWritten);
        }
    }

    private void dropOldest() {
        while (swaps.size() > 1 && text().length() > LIMIT_BYTES / 2) {
            swaps.pollFirstEntry();
        }
    }

    private String text() {
        StringBuilder text = new StringBuilder();
        swaps.values().stream()
                .flatMap(Collection::stream)
                .map(JournalLine::text)
                .forEach(text::append);
        return text.toString();
    }

    private void rewrite() throws IOException {
        byte[] bytes = text().getBytes(UTF_8);
        DurableFile.publish(file, bytes);
        sizeBytes = bytes.length;
    }

    /** {@return the last line of each swap that has no end yet, oldest first} */
    synchronized List<JournalLine> unfinished() {
        return swaps.keySet().stream()
                .map(this::last)
                .filter(line -> !line.phase().terminal())
                .toList();
    }

    /** {@return all swaps that are kept, newest first, at most 200} */
    synchronized List<SwapRecord> history() {
        return swaps.descendingMap().entrySet().stream()
                .limit(LONGEST_HISTORY)
                .map(SwapJournal::record)
                .toList();
    }

    /** {@return the swap with this number} */
    synchronized Optional<SwapRecord> find(long id) {
        return swaps.tailMap(id, true).entrySet().stream()
                .limit(1)
                .filter(entry -> entry.getKey() == id)
                .map(SwapJournal::record)
                .findFirst();
    }

    private static SwapRecord record(Map.Entry<Long, List<JournalLine>> swap) {
        List<JournalLine> lines = swap.getValue();
        JournalLine first = lines.get(0);
        JournalLine last = lines.get(lines.size() - 1);
        return new SwapRecord(
                swap.getKey(),
                first.bundle(),
                first.fromVersion(),
                first.toVersion(),
                last.phase(),
                first.time(),
                lines.stream()
                        .map(JournalLine::time)
                        .max(Comparator.naturalOrder())
                        .orElse(first.time()),
                last.failure(),
                lines.stream()
                        .map(JournalLine::step)
                        .filter(step -> !step.isEmpty())
                        .toList());
    }
}
