// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.backup.internal;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.solera.platform.api.PlatformError;
import org.solera.platform.api.SoleraException;
import org.solera.platform.api.backup.BackupPart;
import org.solera.platform.api.operations.OperationHandle;

/**
 * Carries out what the journal of a restore says, from wherever it stands, to its end: every part is applied; if one
 * refuses, all that was begun is returned to what it was. Each part can be repeated, so a cut at any step only means that
 * the step is done again at the next boot. Confined to one thread.
 */
final class RestoreWork {
    private static final Logger log = LoggerFactory.getLogger(RestoreWork.class);

    private static final long PAUSE_MILLIS = 500;

    private final RestoreStage stage;
    private final Parts parts;
    private final Duration patience;
    private final Checkpoint checkpoint;
    private final BooleanSupplier stopping;

    /**
     * @param patience how long a part may be away
     * @param stopping whether the appliance stops: then a failure of a part says nothing of the part
     */
    RestoreWork(RestoreStage stage, Parts parts, Duration patience, Checkpoint checkpoint, BooleanSupplier stopping) {
        this.stage = stage;
        this.parts = parts;
        this.patience = patience;
        this.checkpoint = checkpoint;
        this.stopping = stopping;
    }

    /**
     * Runs the journal to its end.
     *
     * @return the journal at its end; {@link RestoreJournal#returning} tells whether the box is as before
     * @throws SoleraException if a part is away, or cannot even go back: the journal stays and is tried again
     * @throws InterruptedException if the appliance stops; the next boot goes on
     */
    RestoreJournal run(OperationHandle handle) throws SoleraException, IOException, InterruptedException {
        RestoreJournal journal = stage.journal()
                .orElseThrow(() -> new IllegalStateException("No restore is under way in " + stage.folder() + "."));
        while (true) {
            Optional<String> next = journal.next();
            if (next.isEmpty()) {
                break;
            }
            journal = step(journal, next.get(), handle);
        }
        handle.progress(journal.parts().size(), journal.parts().size(), "Clears up.");
        checkpoint.passed("applied");
        stage.clear();
        checkpoint.passed("cleared");
        return journal;
    }

    private RestoreJournal step(RestoreJournal journal, String id, OperationHandle handle)
            throws SoleraException, IOException, InterruptedException {
        String verb = journal.returning() ? "Returns " : "Restores ";
        handle.waiting("Waits for the part %s.".formatted(id));
        BackupPart part = parts.await(id, patience)
                .orElseThrow(() -> new SoleraException(
                        PlatformError.DRAINING,
                        "The part %s is not there.".formatted(id),
                        "Look at the health of the appliance; the restore goes on when the part is back.",
                        null));
        handle.progress(journal.done().size(), journal.parts().size(), verb + id + ".");
        RestoreJournal after;
        try {
            apply(part, journal.returning(), handle);
            after = journal.with(id);
        } catch (SoleraException | IOException | RuntimeException failure) {
            if (stopping.getAsBoolean() || Thread.currentThread().isInterrupted()) {
                throw new InterruptedException("The appliance stops.");
            }
            if (journal.returning()) {
                throw new SoleraException(
                        PlatformError.INTERNAL,
                        "The part %s could not be returned to what it was: %s".formatted(id, words(failure)),
                        "It is tried again every minute and at the next start. The state before is in %s."
                                .formatted(journal.before()),
                        failure);
            }
            log.error("The part {} cannot be restored; the box goes back to what it was.", id, failure);
            after = journal.back("The part %s cannot be restored: %s".formatted(id, words(failure)), id);
        }
        checkpoint.passed("part " + id);
        after.write(stage.folder());
        checkpoint.passed("noted " + id);
        return after;
    }

    /**
     * Applies a part; one that is busy or not open yet, as a database is at boot and while its keys change, is asked again
     * every {@value #PAUSE_MILLIS} ms for as long as a part may be away.
     */
    private void apply(BackupPart part, boolean former, OperationHandle handle)
            throws SoleraException, IOException, InterruptedException {
        long end = System.nanoTime() + patience.toNanos();
        while (true) {
            try {
                stage.apply(part, former);
                return;
            } catch (SoleraException busy) {
                if (!busy.code().retryable() || System.nanoTime() >= end || stopping.getAsBoolean()) {
                    throw busy;
                }
                log.info("The part {} is asked again: {}", part.id(), busy.getMessage());
                handle.waiting("Waits for the part %s: %s".formatted(part.id(), busy.getMessage()));
            }
            TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
        }
    }

    private static String words(Exception failure) {
        return failure instanceof SoleraException known ? known.explain() : String.valueOf(failure.getMessage());
    }
}
