// SPDX-License-Identifier: Apache-2.0
package org.solera.bench.control;

import java.io.Closeable;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.solera.bench.Figure;
import org.solera.bench.Report;
import org.solera.bench.appliance.ApplianceBox;
import org.solera.bench.client.ConsoleSession;
import org.solera.bench.client.EventWatcher;
import org.solera.bench.client.HttpReply;
import org.solera.bench.client.S3Client;
import org.solera.bench.load.Throughput;

/**
 * S3 reads and writes with and without console sessions that watch, in turns. A session that watches is what the overview
 * page is once it is open: a stream of events, and a look at health and notices every half a minute.
 */
final class Watching {
    private static final String BUCKET = "watched";
    private static final int THREADS = 4;
    private static final int BODY = 64 * 1024;
    private static final double MOST_LOSS_PERCENT = 3;
    private static final Duration LOOK_EVERY = Duration.ofSeconds(30);

    private final ApplianceBox box;
    private final Report report;

    Watching(ApplianceBox box, Report report) {
        this.box = box;
        this.report = report;
    }

    void measure(int sessions, int pairs, Duration duration) throws IOException, InterruptedException {
        byte[] body = new byte[BODY];
        new Random(2).nextBytes(body);
        try (S3Client s3 = box.s3()) {
            s3.createBucket(BUCKET);
        }
        double[] loss = new double[pairs];
        double[] alone = new double[pairs];
        int events = 0;
        try (Sessions all = new Sessions(sessions)) {
            throughput(duration, body);
            for (int i = 0; i < pairs; i++) {
                // Which one comes first alternates, so that a drift of the machine favours neither.
                double watched = 0;
                if (i % 2 == 0) {
                    alone[i] = throughput(duration, body);
                }
                try (Watchers watchers = all.watch()) {
                    watched = throughput(duration, body);
                    events += watchers.events();
                }
                if (i % 2 == 1) {
                    alone[i] = throughput(duration, body);
                }
                loss[i] = (1 - watched / alone[i]) * 100;
                report.say("Pair " + (i + 1) + ": " + Math.round(alone[i]) + " requests/s alone, " + Math.round(watched)
                        + " watched");
            }
        }
        report.add(Figure.of("events_received", "", events).atLeast(sessions));
        report.add(Figure.median("s3_alone", "requests/s", alone));
        report.add(Figure.median("s3_loss_while_watched", "%", loss)
                .against("the same without sessions")
                .atMost(MOST_LOSS_PERCENT));
    }

    private double throughput(Duration duration, byte[] body) throws IOException, InterruptedException {
        return Throughput.perSecond(THREADS, duration, thread -> new ReadAndWrite(box.s3(), "o" + thread, body));
    }

    /** Nine reads after each write. */
    private static final class ReadAndWrite implements Throughput.Work {
        private final S3Client s3;
        private final String key;
        private final byte[] body;
        private int count;

        ReadAndWrite(S3Client s3, String key, byte[] body) {
            this.s3 = s3;
            this.key = key;
            this.body = body;
        }

        @Override
        public void once() throws IOException {
            boolean writing = count++ % 10 == 0;
            HttpReply reply = writing ? s3.put(BUCKET, key, body) : s3.get(BUCKET, key);
            if (reply.status() != 200) {
                throw new IOException("status " + reply.status() + ": " + reply.excerpt(200));
            }
        }

        @Override
        public void close() throws IOException {
            s3.close();
        }
    }

    /** Signed in once: sign-in is no part of watching. */
    private final class Sessions implements Closeable {
        private final List<ConsoleSession> sessions = new ArrayList<>();

        Sessions(int count) throws IOException {
            for (int i = 0; i < count; i++) {
                sessions.add(box.console());
            }
        }

        Watchers watch() throws IOException {
            return new Watchers(sessions);
        }

        @Override
        public void close() throws IOException {
            for (ConsoleSession session : sessions) {
                session.close();
            }
        }
    }

    /** Streams of events, and a thread that looks after what an open page asks for. */
    private final class Watchers implements Closeable {
        private final List<EventWatcher> streams = new ArrayList<>();
        private final Thread looking;

        Watchers(List<ConsoleSession> sessions) throws IOException {
            for (ConsoleSession session : sessions) {
                streams.add(EventWatcher.open(ApplianceBox.HOST, box.restPort(), session.cookie()));
            }
            looking = new Thread(() -> look(sessions), "solera-bench-looking");
            looking.start();
        }

        private void look(List<ConsoleSession> sessions) {
            long pause = LOOK_EVERY.toMillis() / sessions.size();
            try {
                while (true) {
                    for (ConsoleSession session : sessions) {
                        session.get("/system/health/tree");
                        session.get("/system/notices?open=true");
                        Thread.sleep(pause);
                    }
                }
            } catch (InterruptedException end) {
                Thread.currentThread().interrupt();
            } catch (IOException failure) {
                report.say("A session could not look: " + failure.getMessage());
            }
        }

        int events() throws IOException {
            int events = 0;
            for (EventWatcher stream : streams) {
                String failure = stream.failure();
                if (failure != null) {
                    throw new IOException("A stream of events broke off: " + failure);
                }
                events += stream.events();
            }
            return events;
        }

        @Override
        public void close() throws IOException {
            looking.interrupt();
            try {
                looking.join();
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
            }
            for (EventWatcher stream : streams) {
                stream.close();
            }
        }
    }
}
