// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.api;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.ScheduledExecutorService;
import org.osgi.annotation.versioning.ProviderType;

/**
 * The only place where threads come from. Threads are named {@code solera-<domain>-<purpose>-<n>}; every queue is bounded.
 *
 * <p><b>Thread-safety:</b> thread-safe. The caller owns the executor and shuts it down when its component deactivates.
 */
@ProviderType
public interface NamedExecutors {
    /**
     * Opens a pool of threads.
     *
     * @param domain lower-case domain, for example {@code storage}
     * @param purpose lower-case purpose, for example {@code commit}
     * @param threads number of threads, at least 1; idle ones end after a minute
     * @param queue number of tasks that may wait; a task beyond it is refused with
     *     {@link java.util.concurrent.RejectedExecutionException}
     */
    ExecutorService open(String domain, String purpose, int threads, int queue);

    /** {@return a single-threaded scheduler; tasks must be short and must not block} */
    ScheduledExecutorService openScheduler(String domain, String purpose);
}
