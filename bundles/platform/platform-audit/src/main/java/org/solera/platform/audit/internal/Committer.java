// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.audit.internal;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.solera.platform.api.OwnerEpoch;
import org.solera.platform.api.audit.AuditEvent;
import org.solera.platform.api.audit.AuditRecord;

/**
 * The one thread that writes. It takes all records that wait, at most {@value #BATCH}, gives them their place in the
 * chain, writes them at once and forces the file once. At most once a second it signs and replaces the head.
 */
final class Committer implements Runnable {
    private static final Logger log = LoggerFactory.getLogger(Committer.class);
    private static final int BATCH = 256;
    private static final long TICK_MILLIS = 250;
    private static final long HEAD_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final Path folder;
    private final BoxKey key;
    private final Clock clock;
    private final ChainWriter writer;
    private final Backlog backlog;
    private final OwnerEpoch epoch;
    private final LongSupplier keepBytes;
    private final Refusals refusals;
    private final MessageDigest digest = Lines.sha256();
    private final TreeMap<Long, Lines.Body> open = new TreeMap<>();

    private volatile long busySince; // System.nanoTime when the batch in hand was begun; 0 between batches
    private volatile String failure = "";
    private volatile String headFailure = "";
    private volatile long failures;
    private volatile boolean ended;
    private long headAt;
    private long headSequence = -1;

    Committer(
            Path folder,
            BoxKey key,
            Clock clock,
            ChainWriter writer,
            Backlog backlog,
            OwnerEpoch epoch,
            LongSupplier keepBytes,
            Refusals refusals) {
        this.folder = folder;
        this.key = key;
        this.clock = clock;
        this.writer = writer;
        this.backlog = backlog;
        this.epoch = epoch;
        this.keepBytes = keepBytes;
        this.refusals = refusals;
    }

    /** {@return why records cannot be written now; empty if they can} */
    String failure() {
        return failure;
    }

    /** {@return why the head could not be replaced; empty if it could} */
    String headFailure() {
        return headFailure;
    }

    /** {@return whether it writes no more} */
    boolean ended() {
        return ended;
    }

    long failures() {
        return failures;
    }

    /** {@return for how long the batch in hand has been with the disk} */
    long busyNanos() {
        long since = busySince;
        return since == 0 ? 0 : Math.max(0, System.nanoTime() - since);
    }

    /** Writes the outcome of wishes that the last run left without one. Call before {@link #run}. */
    void interrupted(Map<Long, AuditRecord> wishes) {
        wishes.forEach((sequence, wish) -> {
            Lines.Body body = new Lines.Body(
                    wish.event(),
                    "failed",
                    sequence,
                    "INTERRUPTED",
                    "The appliance stopped before the end; whether the change was made has to be looked at.");
            open.put(sequence, body);
            backlog.addOutcome(new Ticket(body));
        });
    }

    @Override
    public void run() {
        try {
            while (!backlog.finished()) {
                List<Ticket> batch = backlog.take(BATCH, TICK_MILLIS);
                if (!batch.isEmpty() && !commit(batch)) {
                    pause();
                }
                tellRefusals();
                trim();
                signHead(false);
            }
            signHead(true);
            writer.close();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            log.warn("The audit was interrupted; records that waited are refused.");
        } catch (IOException broken) {
            log.warn("The last segment of the audit was not closed.", broken);
        } finally {
            ended = true;
            backlog.close();
            backlog.fail("The audit is closed.");
        }
    }

    private void pause() throws InterruptedException {
        TimeUnit.MILLISECONDS.sleep(TICK_MILLIS);
    }

    private boolean commit(List<Ticket> batch) {
        busySince = System.nanoTime() | 1;
        try {
            if (!epoch.held()) {
                throw new IOException("another owner has the audit");
            }
            writer.repair();
            if (writer.full()) {
                writer.rotate(open.keySet());
            }
            List<Long> numbers = write(batch);
            failure = "";
            settle(batch, numbers);
            return true;
        } catch (IOException | IllegalStateException broken) {
            fail(batch, broken);
            return false;
        } finally {
            busySince = 0;
        }
    }

    private List<Long> write(List<Ticket> batch) throws IOException {
        ChainState state = writer.state();
        ByteArrayOutputStream lines = new ByteArrayOutputStream(batch.size() * 512);
        List<Long> numbers = new ArrayList<>(batch.size());
        Segment last = state.last();
        long sequence = state.sequence();
        String hash = state.hash();
        Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        String time = Lines.time(now);
        for (Ticket each : batch) {
            Lines.Encoded line = Lines.encode(++sequence, now, each.body(), hash, digest);
            hash = line.hash();
            lines.writeBytes(line.bytes());
            last = last.grown(line.bytes().length, time);
            numbers.add(sequence);
        }
        writer.append(ByteBuffer.wrap(lines.toByteArray()), last, sequence, hash);
        return numbers;
    }

    private void settle(List<Ticket> batch, List<Long> numbers) {
        for (int i = 0; i < batch.size(); i++) {
            Lines.Body body = batch.get(i).body();
            Long begun = body.begun();
            if (begun != null) {
                open.remove(begun);
            }
            boolean wish = body.outcome().equals("begun");
            if (wish) {
                open.put(numbers.get(i), body);
            }
            if (!batch.get(i).written(numbers.get(i)) && wish) {
                backlog.addOutcome(new Ticket(new Lines.Body(
                        body.event(),
                        "failed",
                        numbers.get(i),
                        "BUSY",
                        "The record took longer than 5 s; the change did not begin.")));
            }
        }
    }

    private void fail(List<Ticket> batch, Exception broken) {
        failures++;
        String cause = broken.getMessage() == null ? broken.getClass().getSimpleName() : broken.getMessage();
        if (failure.isEmpty()) {
            log.error("The audit cannot write: {}. Changes are refused until it can.", cause, broken);
        }
        failure = cause;
        List<Ticket> outcomes = new ArrayList<>();
        for (Ticket each : batch) {
            if (each.body().begun() == null) {
                each.failed(cause);
            } else {
                outcomes.add(each);
            }
        }
        backlog.putBack(outcomes);
        if (!epoch.held()) {
            backlog.close();
            backlog.fail(cause);
        }
    }

    private void tellRefusals() {
        if (failure.isEmpty()) {
            refusals.summary().map(Ticket::new).filter(Ticket::take).ifPresent(ticket -> commit(List.of(ticket)));
        }
    }

    /** Takes the oldest segment away when there is more than is kept; a record of it comes first. */
    private void trim() {
        ChainState state = writer.state();
        if (!failure.isEmpty() || state.segments().size() < 2 || state.bytes() <= keepBytes.getAsLong()) {
            return;
        }
        Segment oldest = state.segments().get(0);
        Segment second = state.segments().get(1);
        AuditEvent event = new AuditEvent(
                "system",
                Trimmed.ACTION,
                Segment.name(oldest.number()),
                "local",
                "system",
                Trimmed.details(oldest.first(), second.first() - 1, second.previous()));
        Ticket ticket = new Ticket(new Lines.Body(event, "noted", null, "", ""));
        if (ticket.take() && commit(List.of(ticket))) {
            try {
                writer.dropOldest();
            } catch (IOException broken) {
                log.warn("Segment {} of the audit could not be deleted.", oldest.number(), broken);
            }
        }
    }

    private void signHead(boolean now) {
        ChainState state = writer.state();
        if (state.sequence() == headSequence
                || (!now && System.nanoTime() - headAt < HEAD_NANOS && headSequence >= 0)) {
            return;
        }
        headAt = System.nanoTime();
        if (!epoch.held()) {
            return;
        }
        try {
            Head.write(folder, state.sequence(), state.hash(), Lines.time(clock.instant()), key);
            headSequence = state.sequence();
            headFailure = "";
        } catch (IOException broken) {
            if (headFailure.isEmpty()) {
                log.warn("The signed head of the audit cannot be replaced.", broken);
            }
            headFailure = String.valueOf(broken.getMessage());
        }
    }
}
