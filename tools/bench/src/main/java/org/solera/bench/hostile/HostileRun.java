// SPDX-License-Identifier: Apache-2.0
package org.solera.bench.hostile;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.solera.bench.appliance.ApplianceBox;
import org.solera.bench.client.HttpReply;
import org.solera.bench.client.S3Client;

/** Sends every malformed request to a running appliance and watches that it stays ready. */
public final class HostileRun {
    private static final String BUCKET = "hostile";
    private static final int THREADS = 6;
    private static final long WATCH_MILLIS = 250;

    private final ApplianceBox box;
    private final byte[] photo;
    private final AtomicInteger notReady = new AtomicInteger();
    private volatile boolean finished;

    /**
     * What came of it.
     *
     * @param sent how many requests were sent to each edge
     * @param wrong sentences about answers that are not right
     * @param notReady how often the appliance did not say that it is ready
     */
    public record Outcome(Map<Edge, Integer> sent, List<String> wrong, int notReady) {
        public Outcome {
            sent = Map.copyOf(sent);
            wrong = List.copyOf(wrong);
        }
    }

    /** @param photo a good JPEG */
    public HostileRun(ApplianceBox box, byte[] photo) {
        this.box = box;
        this.photo = photo.clone();
    }

    /** {@return what came of all requests} */
    public Outcome run() throws IOException, InterruptedException {
        List<HostileCase> cases = cases();
        Map<Edge, Integer> sent = new EnumMap<>(Edge.class);
        cases.forEach(each -> sent.merge(each.edge(), 1, Integer::sum));
        Thread watch = new Thread(this::watch, "solera-bench-watch");
        watch.start();
        List<String> wrong = new ArrayList<>();
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        try {
            List<Future<Optional<String>>> verdicts = new ArrayList<>();
            // The slow ones first, so that they are over when the others are.
            Collections.reverse(cases);
            for (HostileCase each : cases) {
                verdicts.add(threads.submit(() -> verdict(each)));
            }
            for (Future<Optional<String>> verdict : verdicts) {
                verdict.get().ifPresent(wrong::add);
            }
        } catch (ExecutionException e) {
            throw new IOException("A malformed request could not be made: " + e.getCause(), e);
        } finally {
            finished = true;
            threads.shutdownNow();
            watch.join();
        }
        if (!stillServes()) {
            wrong.add("After all of it the appliance does not serve a good request.");
        }
        return new Outcome(sent, wrong, notReady.get());
    }

    private List<HostileCase> cases() throws IOException {
        try (S3Client s3 = box.s3()) {
            s3.createBucket(BUCKET);
            HttpReply stored = s3.put(BUCKET, "photo.jpg", photo);
            if (stored.status() != 200) {
                throw new IOException("The photograph was not stored: status " + stored.status());
            }
        }
        List<HostileCase> cases = new ArrayList<>();
        cases.addAll(new S3Attacks(box, BUCKET).cases());
        cases.addAll(new DownloadAttacks(box, BUCKET).cases(photo));
        cases.addAll(new RestAttacks(box).cases());
        cases.addAll(new WireAttacks(Edge.S3, box.s3Port(), false, "/" + BUCKET + "/photo.jpg").cases());
        cases.addAll(new WireAttacks(Edge.DOWNLOAD, box.downloadPort(), false, "/" + BUCKET + "/photo.jpg").cases());
        cases.addAll(new WireAttacks(Edge.REST, box.restPort(), true, "/api/v1/system/health").cases());
        return cases;
    }

    private static Optional<String> verdict(HostileCase each) throws InterruptedException {
        try {
            return each.judge(each.attack().send()).map(why -> each.edge() + " " + each.name() + ": " + why);
        } catch (IOException e) {
            return Optional.of(each.edge() + " " + each.name() + ": no answer, "
                    + e.getClass().getSimpleName() + " " + e.getMessage());
        }
    }

    private void watch() {
        while (!finished) {
            try {
                if (!box.ready()) {
                    notReady.incrementAndGet();
                }
                Thread.sleep(WATCH_MILLIS);
            } catch (IOException e) {
                notReady.incrementAndGet();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    private boolean stillServes() throws IOException {
        try (S3Client s3 = box.s3()) {
            HttpReply reply = s3.get(BUCKET, "photo.jpg");
            return reply.status() == 200 && reply.body().length == photo.length && box.ready();
        }
    }
}
