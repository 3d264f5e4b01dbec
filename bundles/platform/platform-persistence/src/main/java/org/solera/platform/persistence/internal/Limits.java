// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.persistence.internal;

import java.time.Duration;

/**
 * How long things may take.
 *
 * @param begin until a call has a thread and a connection
 * @param statement one statement
 * @param call a call as a whole, from the moment it is made
 * @param commit how much longer a commit that has begun is waited for
 * @param queue calls that may wait for a thread
 */
record Limits(Duration begin, Duration statement, Duration call, Duration commit, int queue) {
    /** What {@link org.solera.platform.persistence.api.Database} promises. */
    static final Limits PROMISED =
            new Limits(Duration.ofSeconds(2), Duration.ofSeconds(5), Duration.ofSeconds(5), Duration.ofSeconds(2), 256);

    int statementSeconds() {
        return Math.max(1, (int) statement.toSeconds());
    }
}
