// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.audit.internal;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.solera.platform.api.audit.AuditRecord;

/**
 * Finds the end of the chain at boot. Reads the heads of all segments and the records of the last one only.
 *
 * <p>What lies behind the last intact line was never acknowledged if the signed head does not reach there: it is cut off,
 * kept as {@code cut-<sequence>.bin} if it is more than a torn line, and a record tells of it. If the head reaches further
 * than the records do, something was taken away: nothing is cut, a new segment goes on behind the head, and the gap stays
 * for verification to name.
 */
final class Recovery {
    private static final int MOST_FINDINGS = 10;

    /** Most bytes of a cut tail that are kept as evidence. */
    private static final int EVIDENCE = 1 << 20;

    private static final int MOST_EVIDENCE = 8;
    private static final String CUT = "cut-";

    private final Path folder;
    private final BoxKey key;
    private final MessageDigest digest = Lines.sha256();
    private final TreeSet<Long> open = new TreeSet<>();
    private final List<String> findings = new ArrayList<>();

    private long sequence;
    private String hash = Lines.NO_HASH;
    private long intact; // bytes of the last segment up to the end of its last intact line
    private String hashAtHead = "";
    private boolean lineBehind; // whether a whole line lies behind the last intact one

    Recovery(Path folder, BoxKey key) {
        this.folder = folder;
        this.key = key;
    }

    /**
     * What was found.
     *
     * @param state the chain; without segments if it is new
     * @param open wishes without an outcome
     * @param findings what is wrong, as sentences
     * @param goOn whether the last segment goes on; otherwise a new one has to be begun
     */
    record Found(ChainState state, TreeSet<Long> open, List<String> findings, boolean goOn) {}

    Found run() throws IOException {
        removeTemporary();
        Optional<Head> signed = Head.read(folder, key);
        List<Segment> segments = segments();
        dropUnborn(segments);
        if (segments.isEmpty()) {
            return withoutSegments(signed);
        }
        if (key.fresh()) {
            find("The key of the audit was missing, a new one was made.");
        }
        Head head = signed.orElse(new Head(0, Lines.NO_HASH, false));
        if (!head.valid()) {
            find("The signed head is missing or was changed.");
        }
        Segment last = scan(segments.get(segments.size() - 1), head);
        boolean goOn = judge(last, head);
        if (goOn) {
            last = cut(last);
        }
        segments.set(segments.size() - 1, last);
        // A chain that was changed goes on behind what was signed, so that the change cannot be healed over.
        ChainState state = goOn || !head.valid()
                ? new ChainState(segments, sequence, hash)
                : new ChainState(segments, Math.max(sequence, head.sequence()), head.hash());
        return new Found(state, open, findings, goOn);
    }

    private void find(String finding) {
        if (findings.size() < MOST_FINDINGS) {
            findings.add(finding);
        }
    }

    private Found withoutSegments(Optional<Head> signed) {
        if (signed.isEmpty()) {
            return new Found(new ChainState(List.of(), 0, Lines.NO_HASH), open, findings, false);
        }
        find("All records up to %,d are missing.".formatted(signed.get().sequence()));
        ChainState state =
                new ChainState(List.of(), signed.get().sequence(), signed.get().hash());
        return new Found(state, open, findings, false);
    }

    /** Whether the last segment can go on. */
    private boolean judge(Segment last, Head head) {
        if (last.first() == 0) {
            find("The head of segment %,d was changed.".formatted(last.number()));
            return false;
        }
        if (!head.valid()) {
            return true;
        }
        if (head.sequence() > sequence) {
            find("The records %,d to %,d are missing.".formatted(sequence + 1, head.sequence()));
            return false;
        }
        if (!hashAtHead.isEmpty() && !hashAtHead.equals(head.hash())) {
            find("Record %,d is not the one that was signed.".formatted(head.sequence()));
            return false;
        }
        return true;
    }

    private void removeTemporary() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file :
                    files.filter(each -> each.toString().endsWith(".tmp")).toList()) {
                SafeFile.deleteTree(file);
            }
        }
    }

    private List<Segment> segments() throws IOException {
        List<Segment> segments = new ArrayList<>();
        List<Path> files;
        try (Stream<Path> all = Files.list(folder)) {
            files = all.filter(each -> Segment.isName(each.getFileName().toString()))
                    .sorted()
                    .toList();
        }
        for (Path file : files) {
            long number = Segment.numberOf(file.getFileName().toString());
            SegmentHead head = headOf(file);
            if (head != null && !segments.isEmpty()) {
                Segment before = segments.remove(segments.size() - 1);
                segments.add(before.timed(head.earliest(), head.latest()));
            }
            segments.add(
                    head == null || head.segment() != number
                            ? new Segment(number, 0, "", Files.size(file), "", "", false)
                            : new Segment(number, head.first(), head.previous(), Files.size(file), "", "", false));
        }
        return segments;
    }

    private static @Nullable SegmentHead headOf(Path file) throws IOException {
        try (LineReader lines = new LineReader(file, Long.MAX_VALUE)) {
            Lines.View line = lines.next();
            return line == null
                    ? null
                    : SegmentHead.parse(new String(line.buffer(), line.from(), line.length(), UTF_8));
        } catch (IllegalArgumentException changed) {
            return null;
        }
    }

    /** A segment without a whole line was being made when the power went; it held nothing. */
    private void dropUnborn(List<Segment> segments) throws IOException {
        if (segments.isEmpty()) {
            return;
        }
        Segment last = segments.get(segments.size() - 1);
        try (LineReader lines = new LineReader(last.file(folder), Long.MAX_VALUE)) {
            if (lines.next() != null) {
                return;
            }
        }
        Files.delete(last.file(folder));
        SafeFile.forceFolder(folder);
        segments.remove(segments.size() - 1);
    }

    private Segment scan(Segment last, Head head) throws IOException {
        Segment scanned = new Segment(last.number(), last.first(), last.previous(), last.bytes(), "", "", true);
        try (LineReader lines = new LineReader(last.file(folder), last.bytes())) {
            Lines.View first = lines.next();
            boolean known = first != null && last.first() > 0;
            if (first != null && known) {
                SegmentHead own = SegmentHead.parse(new String(first.buffer(), first.from(), first.length(), UTF_8));
                open.addAll(own.open());
                sequence = own.first() - 1;
                hash = own.previous();
                hashAtHead = sequence == head.sequence() ? hash : "";
            }
            intact = lines.offset();
            for (Lines.View line = lines.next(); line != null; line = lines.next()) {
                if (!line.intact(digest) || line.sequence() <= sequence) {
                    lineBehind = true;
                    continue;
                }
                if (known && (lineBehind || line.sequence() != sequence + 1 || !line.previousIs(hash))) {
                    find("Record %,d is changed or missing.".formatted(sequence + 1));
                }
                take(line, head);
                scanned = scanned.grown(0, line.time());
                intact = lines.offset();
                lineBehind = false;
            }
        }
        return scanned;
    }

    private void take(Lines.View line, Head head) {
        sequence = line.sequence();
        hash = line.hash();
        if (sequence == head.sequence()) {
            hashAtHead = hash;
        }
        try {
            AuditRecord record = line.record();
            if (record.outcome().equals("begun")) {
                open.add(record.sequence());
            } else if (record.begun() != null) {
                open.remove(record.begun());
            }
        } catch (IllegalArgumentException foreign) {
            find("Record %,d cannot be read: %s".formatted(sequence, foreign.getMessage()));
        }
    }

    /** Keeps room for one more piece of evidence. */
    private void forgetOldestEvidence() throws IOException {
        List<Path> evidence;
        try (Stream<Path> files = Files.list(folder)) {
            evidence = files.filter(each -> each.getFileName().toString().startsWith(CUT))
                    .sorted(Comparator.comparingLong(each -> each.toFile().lastModified()))
                    .toList();
        }
        for (int i = 0; i <= evidence.size() - MOST_EVIDENCE; i++) {
            Files.delete(evidence.get(i));
        }
    }

    private Segment cut(Segment last) throws IOException {
        long behind = last.bytes() - intact;
        if (behind <= 0) {
            return last;
        }
        Path file = last.file(folder);
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            if (lineBehind) {
                ByteBuffer tail = ByteBuffer.allocate((int) Math.min(EVIDENCE, behind));
                channel.read(tail, intact);
                byte[] kept = Arrays.copyOf(tail.array(), tail.position());
                forgetOldestEvidence();
                SafeFile.replace(folder.resolve(CUT + sequence + ".bin"), kept);
                find("%,d bytes behind record %,d, which the signed head does not cover, were cut off."
                        .formatted(behind, sequence));
            }
            channel.truncate(intact);
            channel.force(true);
        }
        return new Segment(
                last.number(), last.first(), last.previous(), intact, last.earliest(), last.latest(), last.known());
    }
}
