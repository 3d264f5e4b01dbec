// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.audit.internal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.solera.platform.api.NamedExecutors;
import org.solera.platform.api.OwnerEpoch;
import org.solera.platform.api.SoleraException;
import org.solera.platform.api.audit.AuditEvent;
import org.solera.platform.api.audit.AuditPage;
import org.solera.platform.api.audit.AuditQuery;
import org.solera.platform.api.audit.AuditRecord;

/** An audit on a folder of a test, that can be stopped and started again. */
final class Box implements AutoCloseable {
    /** A clock that tests move. */
    static final class Hands extends Clock {
        volatile Instant now = Instant.parse("2026-03-04T05:06:07Z");

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }

        @Override
        public Instant instant() {
            return now;
        }
    }

    static final class Threads implements NamedExecutors {
        @Override
        public ExecutorService open(String domain, String purpose, int threads, int queue) {
            return new ThreadPoolExecutor(
                    threads, threads, 1, TimeUnit.SECONDS, new ArrayBlockingQueue<>(queue), task -> {
                        Thread thread = new Thread(task, domain + "-" + purpose);
                        thread.setDaemon(true);
                        return thread;
                    });
        }

        @Override
        public ScheduledExecutorService openScheduler(String domain, String purpose) {
            throw new UnsupportedOperationException();
        }
    }

    final Path folder;
    final Hands hands = new Hands();
    final AtomicLong keepBytes = new AtomicLong(1L << 30);
    AppendFiles files = AppendFiles.disk();
    Clock clock = hands;
    long segmentBytes = 1L << 20;
    Duration patience = Duration.ofSeconds(20);
    ChainedAudit audit;
    OwnerEpoch epoch;
    private long epochs;

    Box(Path folder) {
        this.folder = folder;
    }

    Box start() throws SoleraException {
        audit = new ChainedAudit(
                new OpenChain.Setting(folder, files, new Threads(), clock, keepBytes::get, segmentBytes, patience));
        epoch = new OwnerEpoch("platform.audit", ++epochs);
        audit.open(epoch);
        return this;
    }

    void stop() {
        audit.close();
        epoch.revoke();
    }

    Box restart() throws SoleraException {
        stop();
        return start();
    }

    static AuditEvent event(String who, String action, String target) {
        return new AuditEvent(who, action, target, "10.0.0.7", "rest", Map.of("status", "200"));
    }

    /** Records so many changes, two records each. */
    void changes(int count) throws SoleraException {
        for (int i = 0; i < count; i++) {
            audit.begin(event("anna", "storage.put", "bucket-" + i)).done();
        }
    }

    void notes(int count) throws SoleraException {
        for (int i = 0; i < count; i++) {
            audit.note(event("anna", "users.session", "note-" + i));
        }
    }

    static AuditQuery all() {
        return new AuditQuery(null, null, "", "", "", "", Long.MAX_VALUE, 1_000);
    }

    /** Every record, oldest first. */
    List<AuditRecord> records() throws SoleraException {
        List<AuditRecord> records = new ArrayList<>();
        long before = Long.MAX_VALUE;
        do {
            AuditPage page = audit.search(new AuditQuery(null, null, "", "", "", "", before, 1_000));
            records.addAll(page.records());
            before = page.next();
        } while (before != 0);
        java.util.Collections.reverse(records);
        return records;
    }

    /** The records of others than the audit itself, oldest first. */
    List<AuditRecord> theirs() throws SoleraException {
        return records().stream()
                .filter(each -> !each.event().action().startsWith(Clean.OWN))
                .toList();
    }

    List<Path> segments() throws IOException {
        try (var files = Files.list(folder)) {
            return files.filter(each -> Segment.isName(each.getFileName().toString()))
                    .sorted()
                    .toList();
        }
    }

    @Override
    public void close() {
        stop();
    }
}
