// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.security.internal;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.solera.platform.api.access.AccountRow;

/** A session in memory. Thread-safe: all is final but the time of the last use. */
final class LiveSession {
    private final AccountRow.SessionRow begun;
    private final String csrf;
    private volatile Instant lastUsed;

    /**
     * @param begun its row
     * @param csrf the value that changes have to send, in the clear
     */
    LiveSession(AccountRow.SessionRow begun, String csrf) {
        this.begun = begun;
        this.csrf = csrf;
        this.lastUsed = begun.lastUsedAt();
    }

    AccountRow.SessionRow begun() {
        return begun;
    }

    String csrf() {
        return csrf;
    }

    Instant lastUsed() {
        return lastUsed;
    }

    void use(Instant now) {
        lastUsed = now;
    }

    /** {@return its row as it is now; the last use to the minute} */
    AccountRow.SessionRow row() {
        Instant used = lastUsed.truncatedTo(ChronoUnit.MINUTES);
        return new AccountRow.SessionRow(
                begun.id(),
                begun.user(),
                begun.hash(),
                begun.csrf(),
                begun.origin(),
                begun.agent(),
                begun.since(),
                begun.until(),
                used.isBefore(begun.since()) ? begun.since() : used,
                null);
    }
}
