// SPDX-License-Identifier: Apache-2.0
package org.solera.bench.kill;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.solera.bench.BenchContext;
import org.solera.bench.Samples;
import org.solera.bench.appliance.ApplianceBox;
import org.solera.bench.appliance.Polling;
import org.solera.bench.appliance.ProcessTable;
import org.solera.bench.client.Digests;
import org.solera.bench.client.HttpConnection;
import org.solera.bench.client.HttpReply;
import org.solera.bench.client.S3Client;

/** The rounds of writing, killing, restarting and comparing. Confined to one thread, with four writers below it. */
public final class KillRun {
    private static final String BUCKET = "kill";
    private static final int WRITERS = 4;
    private static final int KEYS_PER_WRITER = 25;
    private static final int LARGEST_BODY = 8 * 1024 * 1024;
    private static final Duration TIMEOUT = Duration.ofSeconds(60);
    private static final Duration ORPHAN_LIMIT = Duration.ofSeconds(5);

    private final BenchContext context;
    private final int rounds;
    private final int puts;
    private final WriteJournal journal = new WriteJournal();
    private final AtomicInteger acknowledged = new AtomicInteger();
    private final AtomicInteger cutOff = new AtomicInteger();
    private final List<String> wrong = new ArrayList<>();
    private final List<String> left = new ArrayList<>();
    private final double[] readySeconds;

    /**
     * What came of it.
     *
     * @param kills how often the appliance was killed
     * @param acknowledged how many writes were acknowledged
     * @param cutOff how many writes got no answer
     * @param wrong sentences about objects that are lost or hold what they must not
     * @param left sentences about processes that survived the kill
     * @param readySeconds how long each restart took
     */
    public record Outcome(
            int kills, int acknowledged, int cutOff, List<String> wrong, List<String> left, double[] readySeconds) {
        public Outcome {
            wrong = List.copyOf(wrong);
            left = List.copyOf(left);
        }
    }

    /**
     * @param rounds how often to kill
     * @param puts writes in each round
     */
    public KillRun(BenchContext context, int rounds, int puts) {
        this.context = context;
        this.rounds = rounds;
        this.puts = puts;
        this.readySeconds = new double[rounds];
    }

    /** {@return what came of all rounds} */
    public Outcome run() throws IOException, InterruptedException {
        try (ApplianceBox box =
                ApplianceBox.boot(context.repository(), context.scratch().resolve("data"))) {
            try (S3Client s3 = box.s3()) {
                s3.createBucket(BUCKET);
                require(s3.put(BUCKET, "photo.jpg", Samples.photo()));
            }
            for (int round = 0; round < rounds; round++) {
                round(box, round);
            }
        }
        return new Outcome(rounds, acknowledged.get(), cutOff.get(), wrong, left, readySeconds);
    }

    private void round(ApplianceBox box, int round) throws IOException, InterruptedException {
        startImageWorker(box);
        AtomicInteger sent = new AtomicInteger();
        List<Thread> writers = new ArrayList<>();
        for (int i = 0; i < WRITERS; i++) {
            int writer = i;
            Thread thread = new Thread(() -> write(box, round, writer, sent), "solera-bench-writer-" + i);
            writers.add(thread);
            thread.start();
        }
        int killAt = puts / 10 + new Random().nextInt(Math.max(1, puts * 8 / 10));
        Polling.await("write " + killAt, Duration.ofMinutes(5), () -> sent.get() >= killAt);
        Set<Long> family = family(box);
        box.kill();
        long start = System.nanoTime();
        for (Thread writer : writers) {
            writer.join();
        }
        checkProcesses(box, family, round);
        String output = box.start();
        readySeconds[round] = (System.nanoTime() - start) / 1e9;
        context.report()
                .say("Round " + (round + 1) + ": killed after write " + killAt + ", "
                        + output.lines().reduce((a, b) -> b).orElse(""));
        compare(box, round);
    }

    /** The image worker is a child process that must not survive the appliance. */
    private static void startImageWorker(ApplianceBox box) throws IOException {
        try (HttpConnection connection = new HttpConnection(ApplianceBox.HOST, box.downloadPort(), false, TIMEOUT)) {
            String target = "/" + BUCKET + "/photo.jpg?imageView2/2/w/64/format/webp";
            String signed = box.urls()
                    .sign(connection.authority(), target, Instant.now().plus(Duration.ofHours(1)));
            require(connection.exchange("GET", signed, Map.of(), new byte[0]));
        }
    }

    private static void require(HttpReply reply) throws IOException {
        if (reply.status() != 200) {
            throw new IOException("A request before the kill got status " + reply.status() + ": " + reply.excerpt(200));
        }
    }

    private void write(ApplianceBox box, int round, int writer, AtomicInteger sent) {
        Random random = new Random(round * 100L + writer);
        try (S3Client s3 = box.s3()) {
            while (sent.incrementAndGet() <= puts) {
                String key = "writer-" + writer + "/object-" + random.nextInt(KEYS_PER_WRITER);
                byte[] body = new byte[size(random)];
                random.nextBytes(body);
                String hash = Digests.sha256(body);
                journal.attempt(key, hash);
                HttpReply reply = s3.put(BUCKET, key, body);
                if (reply.status() != 200) {
                    throw new IOException("status " + reply.status() + " " + reply.excerpt(200));
                }
                journal.acknowledge(key, hash);
                acknowledged.incrementAndGet();
            }
        } catch (IOException e) {
            // The kill cut this write off: from here the value may be the old or the new one.
            cutOff.incrementAndGet();
        }
    }

    /** {@return 1 byte to 8 MiB, small ones as often as large ones} */
    private static int size(Random random) {
        int bits = random.nextInt(24);
        return Math.min(LARGEST_BODY, 1 + random.nextInt(1 << bits));
    }

    private static Set<Long> family(ApplianceBox box) throws IOException {
        long pid = box.pid();
        Set<Long> family = ProcessHandle.of(pid).stream()
                .flatMap(ProcessHandle::descendants)
                .map(ProcessHandle::pid)
                .collect(Collectors.toSet());
        family.addAll(ProcessTable.belongingTo(box.data()));
        family.remove(pid);
        return family;
    }

    private void checkProcesses(ApplianceBox box, Set<Long> family, int round)
            throws IOException, InterruptedException {
        boolean gone = Polling.within(ORPHAN_LIMIT, () -> survivors(box, family).isEmpty());
        if (!gone) {
            survivors(box, family)
                    .forEach(pid -> left.add("Round " + (round + 1) + ": process " + pid + " survived: "
                            + ProcessTable.commandLine(pid)));
        }
    }

    private static Set<Long> survivors(ApplianceBox box, Set<Long> family) throws IOException {
        Set<Long> alive = family.stream()
                .filter(pid -> !ProcessTable.commandLine(pid).isEmpty())
                .collect(Collectors.toSet());
        alive.addAll(ProcessTable.belongingTo(box.data()));
        return alive;
    }

    private void compare(ApplianceBox box, int round) throws IOException {
        try (S3Client s3 = box.s3()) {
            for (String key : journal.keys()) {
                HttpReply reply = s3.get(BUCKET, key);
                if (reply.status() != 200 && reply.status() != 404) {
                    wrong.add("Round " + (round + 1) + ": " + key + " got status " + reply.status() + ", "
                            + reply.excerpt(200));
                    continue;
                }
                String hash = reply.status() == 200 ? Digests.sha256(reply.body()) : "";
                if (!journal.allows(key, hash)) {
                    wrong.add("Round " + (round + 1) + ": " + key
                            + (hash.isEmpty() ? " is lost" : " holds other bytes than any that may be there"));
                }
                journal.settle(key, hash);
            }
        }
    }
}
