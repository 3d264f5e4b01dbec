// SPDX-License-Identifier: Apache-2.0
package org.solera.bench.load;

import java.io.Closeable;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ConcurrentMap;
import org.solera.bench.appliance.ApplianceBox;
import org.solera.bench.client.Digests;
import org.solera.bench.client.HttpConnection;
import org.solera.bench.client.HttpReply;
import org.solera.bench.client.PrivateUrls;
import org.solera.bench.client.RestClient;
import org.solera.bench.client.S3Client;
import org.solera.bench.client.WebpFacts;

/**
 * One client of the load: reads and writes objects of its own, asks for pictures and for REST resources, compares every
 * body, repeats nothing. It owns its keys alone, so it knows which bytes each must hold. Confined to one thread.
 */
final class LoadClient implements Closeable {
    private static final int KEYS = 60;
    private static final int LARGEST_BODY = 128 * 1024;
    private static final int SMALLEST_WIDTH = 64;
    private static final int LARGEST_WIDTH = 360;
    private static final Duration TIMEOUT = Duration.ofSeconds(20);

    /** One resource of each REST bundle, and what stands in its answer. */
    private static final List<Map.Entry<String, String>> RESOURCES = List.of(
            Map.entry("/system/health", "\"ready\":true"),
            Map.entry("/storage/buckets", '"' + Load.BUCKET + '"'),
            Map.entry("/media/workers", "["),
            Map.entry("/hardware/features", "["),
            Map.entry("/upgrades/installed", "solera-"),
            Map.entry("/users/me", "\"admin\""),
            Map.entry("/audit/records?limit=5", "\"items\""));

    private static final byte[] NOTHING = new byte[0];

    private final ApplianceBox box;
    private final String name;
    private final Random random;
    private final S3Client s3;
    private final RestClient rest;
    private final HttpConnection download;
    private final PrivateUrls urls;
    private final LoadStatistics statistics;
    private final ConcurrentMap<Integer, String> pictures;
    private final Map<String, String> acknowledged = new LinkedHashMap<>();

    /** @param pictures hash of the picture of each width that any client saw */
    LoadClient(int number, ApplianceBox box, LoadStatistics statistics, ConcurrentMap<Integer, String> pictures) {
        this.box = box;
        this.name = "client-" + number;
        this.random = new Random(number);
        this.s3 = box.s3();
        this.rest = box.rest(TIMEOUT);
        this.download = new HttpConnection(ApplianceBox.HOST, box.downloadPort(), false, TIMEOUT);
        this.urls = box.urls();
        this.statistics = statistics;
        this.pictures = pictures;
    }

    /** Makes one request of a random kind. */
    void step() {
        int dice = random.nextInt(100);
        if (dice < 25 || acknowledged.isEmpty()) {
            measure(Operation.PUT, this::put);
        } else if (dice < 70) {
            measure(Operation.GET, this::get);
        } else if (dice < 85) {
            measure(Operation.IMAGE, this::image);
        } else {
            measure(Operation.REST, this::rest);
        }
    }

    /** {@return keys whose object is gone or holds other bytes than those acknowledged last, asked for afresh} */
    List<String> lost() throws IOException {
        List<String> lost = new ArrayList<>();
        try (S3Client fresh = box.s3()) {
            for (Map.Entry<String, String> each : acknowledged.entrySet()) {
                HttpReply reply = fresh.get(Load.BUCKET, each.getKey());
                if (reply.status() != 200 || !Digests.sha256(reply.body()).equals(each.getValue())) {
                    lost.add(each.getKey() + " (status " + reply.status() + ")");
                }
            }
        }
        return lost;
    }

    /** {@return how many objects were acknowledged} */
    int objects() {
        return acknowledged.size();
    }

    /** A request; {@return why the answer is wrong, or nothing}. */
    @FunctionalInterface
    private interface Request {
        Optional<String> send() throws IOException;
    }

    private void measure(Operation operation, Request request) {
        long start = System.nanoTime();
        try {
            Optional<String> wrong = request.send();
            long duration = System.nanoTime() - start;
            if (wrong.isEmpty()) {
                statistics.succeeded(operation, duration);
            } else {
                statistics.failed(operation, duration, wrong.get());
            }
        } catch (IOException e) {
            statistics.failed(
                    operation,
                    System.nanoTime() - start,
                    "no answer: " + e.getClass().getSimpleName() + " " + e.getMessage());
        }
    }

    private Optional<String> put() throws IOException {
        String key = name + "/object-" + random.nextInt(KEYS);
        byte[] body = new byte[1 + random.nextInt(LARGEST_BODY)];
        random.nextBytes(body);
        // Until the answer is there either value is right, so the key is out of the game.
        acknowledged.remove(key);
        HttpReply reply = s3.put(Load.BUCKET, key, body);
        if (reply.status() != 200) {
            return Optional.of(wrong(reply));
        }
        acknowledged.put(key, Digests.sha256(body));
        return Optional.empty();
    }

    private Optional<String> get() throws IOException {
        List<String> keys = List.copyOf(acknowledged.keySet());
        String key = keys.get(random.nextInt(keys.size()));
        HttpReply reply = s3.get(Load.BUCKET, key);
        if (reply.status() != 200) {
            return Optional.of(wrong(reply));
        }
        return Digests.sha256(reply.body()).equals(acknowledged.get(key))
                ? Optional.empty()
                : Optional.of("other bytes than those written to " + key);
    }

    private Optional<String> image() throws IOException {
        int width = SMALLEST_WIDTH + random.nextInt(LARGEST_WIDTH - SMALLEST_WIDTH);
        String target = "/" + Load.BUCKET + "/" + Load.PHOTO + "?imageView2/2/w/" + width + "/format/webp";
        String signed = urls.sign(download.authority(), target, Instant.now().plus(Duration.ofHours(1)));
        HttpReply reply = download.exchange("GET", signed, Map.of(), NOTHING);
        if (reply.status() != 200) {
            return Optional.of(wrong(reply));
        }
        Optional<WebpFacts> facts = WebpFacts.read(reply.body());
        if (facts.isEmpty() || facts.get().width() != width) {
            return Optional.of("no WebP picture of width " + width + ": " + facts);
        }
        String hash = Digests.sha256(reply.body());
        String before = pictures.putIfAbsent(width, hash);
        return before == null || before.equals(hash)
                ? Optional.empty()
                : Optional.of("another picture than before for width " + width);
    }

    private Optional<String> rest() throws IOException {
        int which = random.nextInt(RESOURCES.size() + 1);
        if (which == RESOURCES.size()) {
            HttpReply page = rest.page("/");
            return page.status() == 200 && page.text().contains("<title>Solera")
                    ? Optional.empty()
                    : Optional.of(wrong(page));
        }
        Map.Entry<String, String> resource = RESOURCES.get(which);
        HttpReply reply = rest.get(resource.getKey());
        if (reply.status() != 200) {
            return Optional.of(resource.getKey() + ": " + wrong(reply));
        }
        return reply.text().contains(resource.getValue())
                ? Optional.empty()
                : Optional.of("a wrong body of " + resource.getKey() + ": " + reply.excerpt(400));
    }

    private static String wrong(HttpReply reply) {
        return "status " + reply.status() + ", " + reply.excerpt(300);
    }

    @Override
    public void close() throws IOException {
        s3.close();
        rest.close();
        download.close();
    }
}
