// SPDX-License-Identifier: Apache-2.0
package org.solera.bench.control;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.solera.bench.Figure;
import org.solera.bench.Report;
import org.solera.bench.appliance.ApplianceBox;
import org.solera.bench.appliance.ProcessTable;
import org.solera.bench.client.ConsoleSession;
import org.solera.bench.client.HttpReply;
import org.solera.bench.load.Durations;

/** Requests of signed-in clients for one resource after the other, each client as fast as it is answered. */
final class Resources {
    /** What the console asks for most, by the pages that stay open. */
    private static final List<String> MOST_USED = List.of(
            "/users/session",
            "/system/health",
            "/system/health/tree",
            "/system/bundles",
            "/system/operations",
            "/system/notices?open=true",
            "/system/settings",
            "/users/people",
            "/audit/records?limit=50",
            "/storage/buckets");

    private static final Duration TIMEOUT = Duration.ofSeconds(30);
    private static final Duration WARM_UP = Duration.ofSeconds(2);

    private final ApplianceBox box;
    private final Report report;

    Resources(ApplianceBox box, Report report) {
        this.box = box;
        this.report = report;
    }

    void measure(int clients, Duration duration) throws IOException, InterruptedException {
        ExecutorService threads = Executors.newFixedThreadPool(clients);
        List<ConsoleSession> sessions = new ArrayList<>();
        try {
            for (int i = 0; i < clients; i++) {
                sessions.add(box.console());
            }
            for (String path : MOST_USED) {
                run(threads, sessions, path, WARM_UP);
                double before = ProcessTable.cpuSeconds(box.pid());
                Durations durations = run(threads, sessions, path, duration);
                double used = ProcessTable.cpuSeconds(box.pid()) - before;
                String name = path.substring(1).replaceAll("\\?.*", "").replace('/', '_');
                report.add(Figure.of(name, "requests per CPU second", durations.count() / used));
                report.add(Figure.of(name + "_p99", "ms", durations.quantileMillis(0.99)));
            }
        } finally {
            threads.shutdownNow();
            for (ConsoleSession session : sessions) {
                session.close();
            }
        }
    }

    private static Durations run(ExecutorService threads, List<ConsoleSession> sessions, String path, Duration duration)
            throws IOException, InterruptedException {
        Durations durations = new Durations();
        long end = System.nanoTime() + duration.toNanos();
        List<Future<?>> running = new ArrayList<>();
        for (ConsoleSession session : sessions) {
            running.add(threads.submit(() -> {
                while (System.nanoTime() < end) {
                    long start = System.nanoTime();
                    HttpReply reply = session.get(path);
                    if (reply.status() != 200) {
                        throw new IOException(
                                "GET " + path + " got status " + reply.status() + ": " + reply.excerpt(300));
                    }
                    durations.add((System.nanoTime() - start) / 1_000);
                }
                return null;
            }));
        }
        try {
            for (Future<?> each : running) {
                each.get(duration.plus(TIMEOUT).toSeconds(), TimeUnit.SECONDS);
            }
        } catch (ExecutionException | TimeoutException e) {
            throw new IOException("A client failed: " + e.getCause(), e);
        }
        return durations;
    }
}
