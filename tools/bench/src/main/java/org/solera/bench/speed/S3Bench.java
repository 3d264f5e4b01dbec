// SPDX-License-Identifier: Apache-2.0
package org.solera.bench.speed;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import org.solera.bench.BenchContext;
import org.solera.bench.Benchmark;
import org.solera.bench.Figure;
import org.solera.bench.appliance.ApplianceBox;
import org.solera.bench.client.HttpConnection;
import org.solera.bench.client.HttpReply;
import org.solera.bench.client.S3Client;
import org.solera.bench.load.Throughput;

/**
 * S3 beside the nearest plain thing that does the same: a static file server for reads, durable files for writes. The
 * two take turns, so that what else the machine does hits both.
 */
public final class S3Bench implements Benchmark {
    private static final String BUCKET = "speed";
    private static final int THREADS = 8;
    private static final Duration TIMEOUT = Duration.ofSeconds(30);
    private static final Map<String, Integer> SIZES = sizes();

    @Override
    public String name() {
        return "s3";
    }

    @Override
    public String summary() {
        return "reads and writes of 4 KiB and 1 MiB beside nginx and durable files  [--rounds N] [--seconds N]";
    }

    private static Map<String, Integer> sizes() {
        Map<String, Integer> sizes = new LinkedHashMap<>();
        sizes.put("4k", 4 * 1024);
        sizes.put("1m", 1024 * 1024);
        return sizes;
    }

    @Override
    public void run(BenchContext context) throws IOException, InterruptedException {
        int rounds = context.options().number("rounds", 5);
        Duration duration = Duration.ofSeconds(context.options().number("seconds", 3));
        Path www = context.scratch().resolve("nginx");
        try (NginxPeer nginx = NginxPeer.start(www);
                ApplianceBox box = ApplianceBox.boot(
                        context.repository(), context.scratch().resolve("data"))) {
            for (Map.Entry<String, Integer> size : SIZES.entrySet()) {
                byte[] body = new byte[size.getValue()];
                new Random(1).nextBytes(body);
                Files.write(www.resolve("www").resolve(size.getKey()), body);
                store(box, size.getKey(), body);
                Pair get = new Pair(rounds);
                Pair put = new Pair(rounds);
                for (int i = -1; i < rounds; i++) {
                    get.set(
                            i,
                            Throughput.perSecond(THREADS, duration, t -> reader(box, size.getKey(), body.length)),
                            Throughput.perSecond(
                                    THREADS, duration, t -> fileReader(nginx, size.getKey(), body.length)));
                    put.set(
                            i,
                            Throughput.perSecond(THREADS, duration, t -> writer(box, "w" + t, body)),
                            Throughput.perSecond(
                                    THREADS,
                                    duration,
                                    t -> fileWriter(context.scratch().resolve("w" + t), body)));
                }
                get.report(context, "get_" + size.getKey(), "nginx, static file");
                put.report(context, "put_" + size.getKey(), "file written, fsync, rename");
            }
        }
    }

    /** Samples of the appliance and its peer, round by round; the round before the first is for warming up. */
    private record Pair(double[] own, double[] peer) {
        Pair(int rounds) {
            this(new double[rounds], new double[rounds]);
        }

        void set(int round, double ownValue, double peerValue) {
            if (round >= 0) {
                own[round] = ownValue;
                peer[round] = peerValue;
            }
        }

        void report(BenchContext context, String name, String peerName) {
            double[] ratio = new double[own.length];
            for (int i = 0; i < ratio.length; i++) {
                ratio[i] = own[i] / peer[i];
            }
            context.report().add(Figure.median(name, "requests/s", own).against(peerName));
            context.report()
                    .add(Figure.median(name + "_peer", "requests/s", peer).against(peerName));
            context.report().add(Figure.median(name + "_ratio", "", ratio).against(peerName));
        }
    }

    private static void store(ApplianceBox box, String key, byte[] body) throws IOException {
        try (S3Client s3 = box.s3()) {
            s3.createBucket(BUCKET);
            require(s3.put(BUCKET, key, body), 0);
        }
    }

    private static Throughput.Work reader(ApplianceBox box, String key, int length) {
        S3Client s3 = box.s3();
        return closing(s3::close, () -> require(s3.get(BUCKET, key), length));
    }

    private static Throughput.Work writer(ApplianceBox box, String key, byte[] body) {
        S3Client s3 = box.s3();
        return closing(s3::close, () -> require(s3.put(BUCKET, key, body), 0));
    }

    private static Throughput.Work fileReader(NginxPeer nginx, String key, int length) {
        HttpConnection connection = new HttpConnection("127.0.0.1", nginx.port(), false, TIMEOUT);
        return closing(
                connection::close, () -> require(connection.exchange("GET", "/" + key, Map.of(), new byte[0]), length));
    }

    private static Throughput.Work fileWriter(Path file, byte[] body) {
        Path temporary = file.resolveSibling(file.getFileName() + ".new");
        return () -> {
            try (FileChannel channel = FileChannel.open(
                    temporary,
                    StandardOpenOption.CREATE,
                    StandardOpenOption.WRITE,
                    StandardOpenOption.TRUNCATE_EXISTING)) {
                ByteBuffer bytes = ByteBuffer.wrap(body);
                while (bytes.hasRemaining()) {
                    if (channel.write(bytes) < 0) {
                        throw new IOException("The file took no more bytes");
                    }
                }
                channel.force(true);
            }
            Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE);
        };
    }

    private static Throughput.Work closing(Throughput.Work close, Throughput.Work once) {
        return new Throughput.Work() {
            @Override
            public void once() throws IOException {
                once.once();
            }

            @Override
            public void close() throws IOException {
                close.once();
            }
        };
    }

    private static void require(HttpReply reply, int length) throws IOException {
        if (reply.status() != 200 || reply.body().length != length) {
            throw new IOException(
                    "status " + reply.status() + " with " + reply.body().length + " bytes: " + reply.excerpt(200));
        }
    }
}
