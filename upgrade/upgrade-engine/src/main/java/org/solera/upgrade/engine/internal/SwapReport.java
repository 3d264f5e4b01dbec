// SPDX-License-Identifier: Apache-2.0
package org.solera.upgrade.engine.internal;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.solera.platform.api.PlatformError;
import org.solera.platform.api.SoleraException;
import org.solera.platform.api.operations.OperationHandle;
import org.solera.platform.api.operations.Operations;
import org.solera.upgrade.api.SwapPhase;
import org.solera.upgrade.api.SwapPlan;
import org.solera.upgrade.api.SwapRecord;

/**
 * Tells the list of long operations how a swap stands. The swap does not depend on it: without the list, or when the list
 * refuses, nothing is told and the swap runs as ever. Thread-safe.
 */
final class SwapReport implements Checkpoint {
    /** Tells nobody. */
    static final SwapReport NONE = new SwapReport(null);

    private static final Logger log = LoggerFactory.getLogger(SwapReport.class);
    private static final int STEPS = Point.values().length;

    private final @Nullable OperationHandle handle;

    private SwapReport(@Nullable OperationHandle handle) {
        this.handle = handle;
    }

    /** {@return what tells of this swap} */
    static SwapReport of(Optional<Operations> operations, SwapPlan plan, Runnable cancel) {
        if (operations.isEmpty()) {
            return NONE;
        }
        try {
            return new SwapReport(operations
                    .get()
                    .start(
                            new Operations.Start(
                                    "upgrades.swap",
                                    "Replace " + plan.bundle(),
                                    "%s to %s".formatted(plan.fromVersion(), plan.toVersion()),
                                    "-",
                                    "steps"),
                            cancel));
        } catch (SoleraException | RuntimeException refused) {
            log.warn("The swap of {} is not in the list of operations.", plan.bundle(), refused);
            return NONE;
        }
    }

    @Override
    public void passed(Point point) {
        if (handle == null) {
            return;
        }
        try {
            handle.progress(point.ordinal() + 1, STEPS, words(point));
            if (point == Point.COMMITTED) {
                handle.waiting("The old version finishes the work that it has begun.");
            }
        } catch (RuntimeException defect) {
            log.warn("The list of operations does not take how a swap stands.", defect);
        }
    }

    private static String words(Point point) {
        return switch (point) {
            case INTENT -> "The intent is in the journal.";
            case STAGED -> "The new version is in the repository.";
            case INSTALLED -> "The new version runs beside the old one; its health is watched.";
            case HEALTHY -> "The new version is healthy.";
            case RECORDED -> "The record names the new version.";
            case COMMITTED -> "The new version is committed.";
            case DRAINED -> "The old version has no work left.";
            case REMOVED -> "The old version is gone.";
            case DONE -> "Done.";
        };
    }

    /** The swap has ended, as its record says. */
    void ended(Optional<SwapRecord> swap) {
        if (handle == null) {
            return;
        }
        try {
            tell(handle, swap);
        } catch (RuntimeException defect) {
            log.warn("The list of operations does not take how a swap ended.", defect);
        }
    }

    private static void tell(OperationHandle handle, Optional<SwapRecord> swap) {
        try (handle) {
            if (swap.isPresent() && swap.get().phase() == SwapPhase.DONE) {
                String left = swap.get().failure();
                handle.succeeded(
                        left.isEmpty() ? "The new version serves." : left,
                        "/api/v1/upgrades/swaps/" + swap.get().id());
            } else if (swap.isPresent() && handle.cancelRequested()) {
                handle.cancelled();
            } else {
                handle.failed(new SoleraException(
                        PlatformError.CONFLICT,
                        swap.map(SwapRecord::failure)
                                .filter(why -> !why.isEmpty())
                                .orElse("The swap was cut."),
                        "Look at the history of swaps.",
                        null));
            }
        }
    }
}
