// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.oidc.internal;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.solera.platform.api.NamedExecutors;

/** Pools without names. */
final class TestExecutors implements NamedExecutors {
    @Override
    public ExecutorService open(String domain, String purpose, int threads, int queue) {
        return Executors.newFixedThreadPool(threads);
    }

    @Override
    public ScheduledExecutorService openScheduler(String domain, String purpose) {
        throw new AssertionError("not asked for");
    }
}
