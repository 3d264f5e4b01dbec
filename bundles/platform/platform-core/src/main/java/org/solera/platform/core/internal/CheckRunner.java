// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.core.internal;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.solera.platform.api.HealthReport;
import org.solera.platform.api.HealthTree.Entry;
import org.solera.platform.api.spi.HealthCheck;

/**
 * Asks health checks, all at once, with one time limit. A check that hangs is not asked again before it returned, so it
 * holds one thread and no more.
 */
final class CheckRunner {
    private static final Logger log = LoggerFactory.getLogger(CheckRunner.class);

    private final ExecutorService executor;
    private final Duration limit;
    private final Map<HealthCheck, Future<HealthReport>> running = new ConcurrentHashMap<>();

    CheckRunner(ExecutorService executor, Duration limit) {
        this.executor = executor;
        this.limit = limit;
    }

    /**
     * Asks every check.
     *
     * @param checks checks and the bundles that registered them
     * @throws InterruptedException if the calling thread is interrupted
     */
    List<Entry> ask(Map<HealthCheck, Long> checks) throws InterruptedException {
        checks.keySet().forEach(this::begin);
        running.keySet().removeIf(check -> !checks.containsKey(check));
        long end = System.nanoTime() + limit.toNanos();
        List<Entry> entries = new ArrayList<>();
        for (Map.Entry<HealthCheck, Long> each : checks.entrySet()) {
            entries.add(new Entry(nameOf(each.getKey()), each.getValue(), report(each.getKey(), end)));
        }
        return entries;
    }

    private void begin(HealthCheck check) {
        try {
            running.computeIfAbsent(check, absent -> executor.submit(check::check));
        } catch (RejectedExecutionException full) {
            log.warn("Health check {} could not be asked: too many checks hang.", nameOf(check), full);
        }
    }

    private HealthReport report(HealthCheck check, long end) throws InterruptedException {
        Future<HealthReport> answer = running.get(check);
        if (answer == null) {
            return HealthReport.down("It was not asked, because too many checks hang.", "Restart the appliance.");
        }
        try {
            HealthReport report = answer.get(Math.max(0, end - System.nanoTime()), TimeUnit.NANOSECONDS);
            running.remove(check);
            return report;
        } catch (ExecutionException failure) {
            running.remove(check);
            return HealthReport.down("The check failed: " + failure.getCause(), "This is a defect; look at the log.");
        } catch (TimeoutException late) {
            return HealthReport.down(
                    "It did not answer within %d s.".formatted(limit.toSeconds()),
                    "Look at the log for what it waits for.");
        }
    }

    private static String nameOf(HealthCheck check) {
        try {
            return check.name();
        } catch (RuntimeException defect) {
            log.debug("A health check has no name.", defect);
            return check.getClass().getName();
        }
    }
}
