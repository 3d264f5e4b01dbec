// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.audit.internal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.solera.platform.api.NamedExecutors;
import org.solera.platform.api.OwnerEpoch;
import org.solera.platform.api.audit.AuditEvent;
import org.solera.platform.api.audit.AuditRecord;

/** A chain that is open for writing: its key, its committer and what recovery found. Thread-safe. */
final class OpenChain {
    /** Size at which a segment is full, in bytes. */
    static final long SEGMENT_BYTES = 16L << 20;

    private static final Logger log = LoggerFactory.getLogger(OpenChain.class);
    private static final Duration CLOSE_LIMIT = Duration.ofSeconds(3);

    /** What the chain needs from outside. */
    record Setting(
            Path folder,
            AppendFiles files,
            NamedExecutors executors,
            Clock clock,
            LongSupplier keepBytes,
            long segmentBytes,
            Duration patience) {}

    private final Setting setting;
    private final BoxKey key;
    private final ChainWriter writer;
    private final Backlog backlog = new Backlog();
    private final Refusals refusals;
    private final Committer committer;
    private final ExecutorService executor;
    private final List<String> findings;

    private OpenChain(Setting setting, OwnerEpoch epoch, BoxKey key, Recovery.Found found) throws IOException {
        this.setting = setting;
        this.key = key;
        this.findings = List.copyOf(found.findings());
        this.refusals = new Refusals(setting.clock());
        this.writer = new ChainWriter(
                setting.folder(), setting.files(), key, setting.clock(), setting.segmentBytes(), found.state());
        this.committer = new Committer(
                setting.folder(), key, setting.clock(), writer, backlog, epoch, setting.keepBytes(), refusals);
        committer.interrupted(wishes(found.open()));
        if (!found.goOn()) {
            begin(found);
        }
        this.executor = setting.executors().open("platform", "audit", 1, 1);
    }

    /** Opens the chain of a folder; takes about 0.1 s and never reads more than the last segment. */
    static OpenChain open(Setting setting, OwnerEpoch epoch) throws IOException {
        Path folder = setting.folder();
        Files.createDirectories(folder);
        BoxKey key = BoxKey.open(folder);
        Recovery.Found found = new Recovery(folder, key).run();
        OpenChain chain = new OpenChain(setting, epoch, key, found);
        chain.tell(epoch);
        chain.executor.execute(chain.committer);
        return chain;
    }

    /** A new chain has a head before it has records, so that their loss is noticed from the first on. */
    private void begin(Recovery.Found found) throws IOException {
        ChainState state = found.state();
        if (state.segments().isEmpty() && state.sequence() == 0) {
            Head.write(
                    setting.folder(),
                    0,
                    Lines.NO_HASH,
                    Lines.time(setting.clock().instant()),
                    key);
        }
        writer.rotate(found.open());
    }

    private void tell(OwnerEpoch epoch) {
        note("opened", Map.of("epoch", String.valueOf(epoch.number()), "publicKey", key.publicText()));
        for (String finding : findings) {
            log.error("The audit was damaged: {}", finding);
            note("damaged", Map.of("finding", finding));
        }
    }

    /** Records something of the audit itself; waits for nobody. */
    void note(String what, Map<String, String> details) {
        AuditEvent event = new AuditEvent("system", Clean.OWN + what, "audit", "local", "system", details);
        if (!backlog.add(new Ticket(new Lines.Body(event, "noted", null, "", "")))) {
            log.warn("The audit is full and did not record {}: {}", what, details);
        }
    }

    /** Finds the records of wishes; those that are kept no more are left out. */
    private Map<Long, AuditRecord> wishes(TreeSet<Long> open) throws IOException {
        Map<Long, AuditRecord> wishes = new TreeMap<>();
        TreeSet<Long> wanted = new TreeSet<>(open);
        List<Segment> segments = writer.state().segments();
        for (int i = segments.size() - 1; i >= 0 && !wanted.isEmpty(); i--) {
            Segment segment = segments.get(i);
            if (segment.first() > 0 && wanted.last() >= segment.first()) {
                search(segment, wanted, wishes);
            }
        }
        return new LinkedHashMap<>(wishes);
    }

    private void search(Segment segment, TreeSet<Long> wanted, Map<Long, AuditRecord> wishes) throws IOException {
        try (LineReader lines = new LineReader(segment.file(setting.folder()), segment.bytes())) {
            lines.next();
            for (Lines.View line = lines.next(); line != null; line = lines.next()) {
                if (wanted.remove(line.sequence())) {
                    wishes.put(line.sequence(), line.record());
                }
            }
        } catch (NoSuchFileException gone) {
            log.warn("Segment {} of the audit is missing.", segment.number());
        } catch (IllegalArgumentException changed) {
            log.warn("Segment {} of the audit was changed.", segment.number(), changed);
        }
    }

    Clock clock() {
        return setting.clock();
    }

    /** {@return how long the disk may take for a record} */
    Duration patience() {
        return setting.patience();
    }

    Path folder() {
        return setting.folder();
    }

    BoxKey key() {
        return key;
    }

    ChainState state() {
        return writer.state();
    }

    Backlog backlog() {
        return backlog;
    }

    Refusals refusals() {
        return refusals;
    }

    Committer committer() {
        return committer;
    }

    /** {@return what recovery found wrong, as sentences} */
    List<String> findings() {
        return findings;
    }

    long keepBytes() {
        return setting.keepBytes().getAsLong();
    }

    /** Writes what waits, signs the head and ends the thread. */
    void close() {
        backlog.close();
        executor.shutdown();
        try {
            if (!executor.awaitTermination(CLOSE_LIMIT.toMillis(), TimeUnit.MILLISECONDS)) {
                log.warn("The audit did not end in {} s; its thread is interrupted.", CLOSE_LIMIT.toSeconds());
                executor.shutdownNow();
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            executor.shutdownNow();
        }
    }
}
