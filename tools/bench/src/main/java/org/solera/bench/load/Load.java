// SPDX-License-Identifier: Apache-2.0
package org.solera.bench.load;

import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.solera.bench.appliance.ApplianceBox;
import org.solera.bench.client.HttpReply;
import org.solera.bench.client.S3Client;

/**
 * Clients that work all the time, each on a thread of its own with a short pause between requests, so that the latency
 * measured is that of the appliance and not that of a queue in front of two busy processors. Thread-safe.
 */
public final class Load implements Closeable {
    /** The bucket of every client. */
    public static final String BUCKET = "load";

    /** Key of the photograph whose smaller versions are asked for. */
    static final String PHOTO = "photo.jpg";

    private static final int LONGEST_PAUSE_MILLIS = 120;

    private final LoadStatistics statistics = new LoadStatistics();
    private final List<LoadClient> clients = new ArrayList<>();
    private final List<Thread> threads = new ArrayList<>();
    private volatile boolean stopping;

    private Load() {}

    /**
     * Starts the clients.
     *
     * @param photo a photograph as JPEG
     */
    public static Load start(ApplianceBox box, int clientCount, byte[] photo) throws IOException {
        try (S3Client s3 = box.s3()) {
            s3.createBucket(BUCKET);
            HttpReply reply = s3.put(BUCKET, PHOTO, photo);
            if (reply.status() != 200) {
                throw new IOException("The photograph was not stored: status " + reply.status());
            }
        }
        Load load = new Load();
        ConcurrentMap<Integer, String> pictures = new ConcurrentHashMap<>();
        for (int i = 0; i < clientCount; i++) {
            LoadClient client = new LoadClient(i, box, load.statistics, pictures);
            load.clients.add(client);
            Thread thread = new Thread(() -> load.work(client), "solera-bench-load-" + i);
            load.threads.add(thread);
            thread.start();
        }
        return load;
    }

    private void work(LoadClient client) {
        Random random = new Random();
        while (!stopping) {
            client.step();
            try {
                Thread.sleep(random.nextInt(LONGEST_PAUSE_MILLIS));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    /** {@return what became of the requests} */
    public LoadStatistics statistics() {
        return statistics;
    }

    /** Ends the clients after the request that each is in. */
    public void stop() throws InterruptedException {
        stopping = true;
        for (Thread thread : threads) {
            thread.join();
        }
    }

    /** {@return keys whose acknowledged bytes are gone; the clients must have stopped} */
    public List<String> lost() throws IOException {
        List<String> lost = new ArrayList<>();
        for (LoadClient client : clients) {
            lost.addAll(client.lost());
        }
        return lost;
    }

    /** {@return how many objects were acknowledged; the clients must have stopped} */
    public int objects() {
        return clients.stream().mapToInt(LoadClient::objects).sum();
    }

    @Override
    public void close() throws IOException {
        stopping = true;
        for (Thread thread : threads) {
            thread.interrupt();
        }
        for (LoadClient client : clients) {
            client.close();
        }
    }
}
