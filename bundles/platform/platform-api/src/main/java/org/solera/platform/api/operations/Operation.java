// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.api.operations;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Work that takes longer than a request.
 *
 * @param id unique id
 * @param kind stable name, {@code <domain>.<verb>}
 * @param title what it does, as people read it
 * @param target what it works on; may be empty
 * @param who who started it
 * @param state where it stands
 * @param waitingFor cause of the wait while it waits; empty otherwise
 * @param done how much is done, in {@code unit}
 * @param total how much there is; 0 if not known
 * @param unit {@code bytes}, {@code objects}, {@code steps}
 * @param cancellable whether it can be cancelled now
 * @param message what it does now, or the outcome, as a sentence
 * @param nextAction what to do after a failure; may be empty
 * @param result address of what it made, beginning with {@code /api/v1/}; may be empty
 * @param createdAt when it was started
 * @param changedAt when it changed last
 * @param endedAt when it ended; null while it runs
 */
public record Operation(
        String id,
        String kind,
        String title,
        String target,
        String who,
        State state,
        String waitingFor,
        long done,
        long total,
        String unit,
        boolean cancellable,
        String message,
        String nextAction,
        String result,
        Instant createdAt,
        Instant changedAt,
        @Nullable Instant endedAt) {
    /** Where an operation stands. */
    public enum State {
        /** Has not begun, or waits for something named in {@code waitingFor}. */
        WAITING,
        RUNNING,
        SUCCEEDED,
        FAILED,
        CANCELLED,
        /** The appliance stopped before the end, and the part that ran it did not take it up again. */
        INTERRUPTED;

        /** {@return whether it is over} */
        public boolean ended() {
            return this != WAITING && this != RUNNING;
        }
    }
}
