// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.audit.internal;

import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.solera.platform.api.audit.AuditEvent;

/** Lets {@value #MOST} refusals a second through and counts the rest for one record. Thread-safe. */
final class Refusals {
    private static final int MOST = 50;

    private final Clock clock;
    private long second; // guarded by this
    private int passed; // guarded by this
    private long counted; // guarded by this; not yet told
    private long since; // guarded by this; second of the first of them
    private long total; // guarded by this

    Refusals(Clock clock) {
        this.clock = clock;
    }

    /** {@return whether this one gets a record of its own} */
    synchronized boolean pass() {
        long now = clock.instant().getEpochSecond();
        if (now != second) {
            second = now;
            passed = 0;
        }
        if (passed < MOST) {
            passed++;
            return true;
        }
        count();
        return false;
    }

    /** Counts one that got no record. */
    synchronized void count() {
        if (counted == 0) {
            since = clock.instant().getEpochSecond();
        }
        counted++;
        total++;
    }

    /** {@return refusals without a record of their own, ever} */
    synchronized long total() {
        return total;
    }

    /** {@return the record of those counted in seconds that are over} */
    synchronized Optional<Lines.Body> summary() {
        if (counted == 0 || clock.instant().getEpochSecond() == since) {
            return Optional.empty();
        }
        AuditEvent event = new AuditEvent(
                "-",
                Clean.OWN + "refusals",
                "",
                "-",
                "system",
                Map.of(
                        "count",
                        String.valueOf(counted),
                        "since",
                        Instant.ofEpochSecond(since).toString()));
        String message = "%d more refusals were counted and not recorded one by one.".formatted(counted);
        counted = 0;
        return Optional.of(new Lines.Body(event, "refused", null, "", message));
    }
}
