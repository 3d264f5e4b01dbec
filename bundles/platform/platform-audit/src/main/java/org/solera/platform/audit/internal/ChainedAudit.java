// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.audit.internal;

import java.io.IOException;
import java.io.OutputStream;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.solera.platform.api.Appliance;
import org.solera.platform.api.HealthReport;
import org.solera.platform.api.NamedExecutors;
import org.solera.platform.api.OwnerEpoch;
import org.solera.platform.api.PlatformError;
import org.solera.platform.api.SoleraException;
import org.solera.platform.api.audit.Audit;
import org.solera.platform.api.audit.AuditEvent;
import org.solera.platform.api.audit.AuditPage;
import org.solera.platform.api.audit.AuditQuery;
import org.solera.platform.api.audit.AuditVerdict;
import org.solera.platform.api.spi.ExclusiveOwner;
import org.solera.platform.api.spi.HealthCheck;
import org.solera.platform.api.spi.MetricSource;

/**
 * The audit on files of this box. Source of truth: the segments {@code state/audit/NNNNNNNN.log}, a signed head line and
 * then a line for each record ({@link SegmentHead}, {@link Lines}); the end of the chain is signed in {@code head}
 * ({@link Head}). Commit point of a record: the fsync of its batch.
 *
 * <p><b>What verification finds:</b> every changed, removed, added or moved byte of a record or of the head of a segment;
 * a removed segment; a tail that was cut off while the appliance runs; and, over a restart, a tail cut off before the
 * signed head, which is at most 1 s old when the appliance is killed and exact when it stops.
 *
 * <p><b>What it cannot find:</b> somebody with root on this box, or with its drives in hand, can read the key, and so can
 * rewrite the chain from any record on and sign a new head; can put back an older copy of the whole folder; can delete the
 * folder, so that a new chain begins; and can take away, after {@code kill -9}, the records of the last second. No file on
 * the same box can prevent this. The remedy is an export to another place, which such a person cannot reach: a later
 * export must begin with the same lines.
 *
 * <p>Thread-safe. At most {@value #MOST_OPEN} changes are under way, at most {@value #READERS} searches, exports and checks
 * at a time; one more is told to come again.
 */
@Component(
        service = {Audit.class, ExclusiveOwner.class, HealthCheck.class, MetricSource.class, ChainedAudit.class},
        property = ExclusiveOwner.RESOURCE + "=platform.audit")
public final class ChainedAudit implements Audit, ExclusiveOwner, HealthCheck, MetricSource {
    private static final Logger log = LoggerFactory.getLogger(ChainedAudit.class);
    private static final int MOST_OPEN = 1_000;
    private static final int READERS = 4;
    private static final Duration LIMIT = Duration.ofSeconds(5);
    private static final int HIGH_PERCENT = 80;

    private final OpenChain.Setting setting;
    private final AtomicInteger wishes = new AtomicInteger();
    private final Semaphore readers = new Semaphore(READERS);
    private final Object opening = new Object();
    private volatile @Nullable OpenChain chain;
    private volatile @Nullable KeepLimit limit;
    private volatile @Nullable AuditVerdict verdict;

    @Activate
    public ChainedAudit(@Reference Appliance appliance, @Reference NamedExecutors executors, @Reference Clock clock) {
        this.setting = new OpenChain.Setting(
                appliance.stateDirectory("audit"),
                AppendFiles.disk(),
                executors,
                clock,
                this::keepBytes,
                OpenChain.SEGMENT_BYTES,
                LIMIT);
    }

    /** For tests: another disk, other sizes. */
    ChainedAudit(OpenChain.Setting setting) {
        this.setting = setting;
    }

    @Reference(cardinality = ReferenceCardinality.OPTIONAL, policy = ReferencePolicy.DYNAMIC)
    void bindLimit(KeepLimit set) {
        limit = set;
    }

    void unbindLimit(KeepLimit set) {
        if (limit == set) {
            limit = null;
        }
    }

    private long keepBytes() {
        KeepLimit set = limit;
        return set == null ? AuditConfig.KEEP_BYTES : set.bytes();
    }

    @Override
    public void open(OwnerEpoch epoch) throws SoleraException {
        synchronized (opening) {
            try {
                chain = OpenChain.open(setting, epoch);
            } catch (IOException failure) {
                throw new SoleraException(
                        PlatformError.INTERNAL,
                        "The audit cannot be opened: %s.".formatted(failure.getMessage()),
                        "Look at the folder %s and the drive below it.".formatted(setting.folder()),
                        failure);
            }
            opening.notifyAll();
        }
    }

    @Override
    @Deactivate
    public void close() {
        synchronized (opening) {
            OpenChain leaving = chain;
            chain = null;
            if (leaving != null) {
                leaving.close();
            }
        }
    }

    /** {@return the open chain; waits for it after a start} */
    OpenChain chain() throws SoleraException {
        OpenChain now = chain;
        if (now != null) {
            return now;
        }
        long end = System.nanoTime() + LIMIT.toNanos();
        synchronized (opening) {
            while (chain == null) {
                long left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
                if (left <= 0) {
                    throw busy("The audit is not open.", null);
                }
                try {
                    opening.wait(left);
                } catch (InterruptedException interrupted) {
                    Thread.currentThread().interrupt();
                    throw busy("The audit is not open.", interrupted);
                }
            }
            return chain;
        }
    }

    private static SoleraException busy(String cause, @Nullable Exception failure) {
        return new SoleraException(
                PlatformError.BUSY,
                cause,
                "Nothing was changed. Try again; platform:health names what holds the audit up.",
                failure);
    }

    @Override
    public Entry begin(AuditEvent event) throws SoleraException {
        OpenChain now = chain();
        if (wishes.incrementAndGet() > MOST_OPEN) {
            wishes.decrementAndGet();
            throw busy("%,d changes are under way.".formatted(MOST_OPEN), null);
        }
        boolean begun = false;
        try {
            AuditEvent clean = Clean.event(event);
            long sequence = record(now, new Lines.Body(clean, "begun", null, "", ""));
            begun = true;
            return new Wish(now, clean, sequence);
        } finally {
            if (!begun) {
                wishes.decrementAndGet();
            }
        }
    }

    @Override
    public void note(AuditEvent event) throws SoleraException {
        record(chain(), new Lines.Body(Clean.event(event), "noted", null, "", ""));
    }

    @Override
    public void refused(AuditEvent event, String code, String message) {
        OpenChain now = chain;
        if (now == null) {
            log.warn("The audit is not open; a refusal of {} was not recorded.", event.action());
            return;
        }
        if (!now.refusals().pass()) {
            return;
        }
        try {
            record(now, new Lines.Body(Clean.event(event), "refused", null, Clean.code(code), Clean.message(message)));
        } catch (SoleraException full) {
            now.refusals().count();
            log.debug("A refusal was counted and not recorded.", full);
        }
    }

    /** Waits until the record is on disk. */
    private static long record(OpenChain now, Lines.Body body) throws SoleraException {
        if (now.committer().busyNanos() > now.patience().toNanos()) {
            throw busy("The disk of the audit has not answered for more than 5 s.", null);
        }
        Ticket ticket = new Ticket(body);
        if (!now.backlog().add(ticket)) {
            throw busy("Too many records wait for the disk of the audit.", null);
        }
        try {
            if (ticket.await(now.patience())) {
                return ticket.sequence();
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw busy("The wait for the disk of the audit was interrupted.", interrupted);
        }
        throw busy(
                ticket.failure().isEmpty()
                        ? "The disk of the audit did not answer within 5 s."
                        : "The audit cannot write: %s.".formatted(ticket.failure()),
                null);
    }

    /** A change under way. */
    private final class Wish implements Entry {
        private final OpenChain where;
        private final AuditEvent event;
        private final long sequence;
        private final AtomicBoolean ended = new AtomicBoolean();

        Wish(OpenChain where, AuditEvent event, long sequence) {
            this.where = where;
            this.event = event;
            this.sequence = sequence;
        }

        @Override
        public void done() {
            end("done", "", "");
        }

        @Override
        public void failed(String code, String message) {
            end("failed", Clean.code(code), Clean.message(message));
        }

        @Override
        public void close() {
            end("failed", "INTERRUPTED", "The change ended without an outcome.");
        }

        private void end(String outcome, String code, String message) {
            if (!ended.compareAndSet(false, true)) {
                return;
            }
            wishes.decrementAndGet();
            Ticket ticket = new Ticket(new Lines.Body(event, outcome, sequence, code, message));
            where.backlog().addOutcome(ticket);
            try {
                if (!ticket.awaitPatiently(where.patience())) {
                    log.warn("The outcome {} of record {} waits for the disk of the audit.", outcome, sequence);
                }
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** Reads something of the chain as it is now. */
    interface Reading<T> {
        T read(OpenChain now) throws IOException;
    }

    <T> T reading(Reading<T> reading) throws SoleraException, IOException {
        OpenChain now = chain();
        try {
            if (!readers.tryAcquire(LIMIT.toMillis(), TimeUnit.MILLISECONDS)) {
                throw busy("%d searches and exports are under way.".formatted(READERS), null);
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw busy("The search was interrupted.", interrupted);
        }
        try {
            return reading.read(now);
        } finally {
            readers.release();
        }
    }

    private <T> T readingFiles(Reading<T> reading) throws SoleraException {
        try {
            return reading(reading);
        } catch (IOException failure) {
            throw new SoleraException(
                    PlatformError.INTERNAL,
                    "The audit cannot be read: %s.".formatted(failure.getMessage()),
                    "Look at the folder %s and the drive below it.".formatted(setting.folder()),
                    failure);
        }
    }

    @Override
    public AuditPage search(AuditQuery query) throws SoleraException {
        if (query.limit() < 1 || query.limit() > 1_000) {
            throw new SoleraException(PlatformError.INVALID_REQUEST, "The limit is not between 1 and 1,000.", "", null);
        }
        return readingFiles(now -> new Searcher(now.folder(), now.state(), query).run());
    }

    @Override
    public AuditVerdict verify() throws SoleraException {
        AuditVerdict found = readingFiles(now -> {
            ChainState state = now.state();
            AuditVerdict first = new Verifier(now.folder(), now.key(), state).run();
            boolean letGo =
                    !state.segments().get(0).equals(now.state().segments().get(0));
            return first.whole() || !letGo ? first : new Verifier(now.folder(), now.key(), now.state()).run();
        });
        verdict = found;
        return found;
    }

    @Override
    public void export(@Nullable Instant from, @Nullable Instant to, OutputStream out)
            throws SoleraException, IOException {
        boolean unused = reading(now -> {
            new Exporter(now.folder(), now.key(), now.state()).run(from, to, out);
            return true;
        });
    }

    @Override
    public String publicKeyPem() {
        OpenChain now = chain;
        return now == null ? "" : now.key().publicPem();
    }

    @Override
    public String name() {
        return "platform.audit";
    }

    @Override
    public HealthReport check() {
        OpenChain now = chain;
        return now == null
                ? HealthReport.down(
                        "The audit is not open, so nothing can be changed.", "Ask platform:owners who has it.")
                : AuditHealth.of(now, verdict, HIGH_PERCENT);
    }

    @Override
    public void collect(Sink sink) {
        OpenChain now = chain;
        if (now != null) {
            AuditHealth.collect(now, verdict, wishes.get(), sink);
        }
    }
}
