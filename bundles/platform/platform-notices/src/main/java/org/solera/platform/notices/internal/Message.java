// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.notices.internal;

import java.time.Instant;
import org.solera.platform.api.notices.Notice;

/**
 * Something to tell.
 *
 * @param notice the notice as it was then
 * @param kind what happened to it
 * @param at when
 * @param queuedNanos monotonic time at which it was queued
 */
record Message(Notice notice, Kind kind, Instant at, long queuedNanos) {
    /** What happened to a notice. */
    enum Kind {
        BEGAN,
        /** Still holds, and nobody has taken it up. */
        REMINDER,
        OVER,
        /** Sent by a person who tries the settings. */
        TEST
    }
}
