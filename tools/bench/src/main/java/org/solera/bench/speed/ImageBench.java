// SPDX-License-Identifier: Apache-2.0
package org.solera.bench.speed;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.solera.bench.BenchContext;
import org.solera.bench.Benchmark;
import org.solera.bench.Figure;
import org.solera.bench.appliance.ApplianceBox;
import org.solera.bench.appliance.Program;
import org.solera.bench.client.HttpConnection;
import org.solera.bench.client.HttpReply;
import org.solera.bench.client.S3Client;
import org.solera.bench.job.InputFiles;
import org.solera.bench.load.Throughput;

/** Pictures made smaller, each in a size that was not asked for before, beside the command line of libvips. */
public final class ImageBench implements Benchmark {
    private static final String BUCKET = "images";
    private static final int THREADS = 4;
    private static final int SMALLEST_WIDTH = 200;
    private static final Duration PEER_LIMIT = Duration.ofMinutes(2);
    private static final Duration TIMEOUT = Duration.ofSeconds(60);

    @Override
    public String name() {
        return "image";
    }

    @Override
    public String summary() {
        return "distinct WebP and JPEG sizes of one photograph beside vipsthumbnail  [--rounds N] [--seconds N] [FILE]";
    }

    @Override
    public void run(BenchContext context) throws IOException, InterruptedException {
        int rounds = context.options().number("rounds", 5);
        int seconds = context.options().number("seconds", 4);
        Path photo = InputFiles.choose(context).stream()
                .filter(f -> f.toString().endsWith(".jpg"))
                .findFirst()
                .orElseThrow(() -> new IOException("None of the files is a JPEG."));
        if (Program.find("vipsthumbnail").isEmpty()) {
            throw new IOException(
                    "The command vipsthumbnail (package libvips-tools) is not installed on this machine.");
        }
        try (ApplianceBox box =
                ApplianceBox.boot(context.repository(), context.scratch().resolve("data"))) {
            try (S3Client s3 = box.s3()) {
                s3.createBucket(BUCKET);
                HttpReply stored = s3.put(BUCKET, "photo.jpg", Files.readAllBytes(photo));
                if (stored.status() != 200) {
                    throw new IOException("The photograph was not stored: status " + stored.status());
                }
            }
            AtomicInteger width = new AtomicInteger(SMALLEST_WIDTH);
            for (String format : List.of("webp", "jpg")) {
                measure(context, box, photo, format, rounds, Duration.ofSeconds(seconds), width);
            }
        }
    }

    private static void measure(
            BenchContext context,
            ApplianceBox box,
            Path photo,
            String format,
            int rounds,
            Duration duration,
            AtomicInteger width)
            throws IOException, InterruptedException {
        double[] own = new double[rounds];
        double[] cpu = new double[rounds];
        double[] peerCpu = new double[rounds];
        for (int i = -1; i < rounds; i++) {
            int first = width.get();
            double before = cpuSeconds(box.pid());
            double rate = Throughput.perSecond(THREADS, duration, t -> resizer(box, format, width));
            double used = cpuSeconds(box.pid()) - before;
            int made = Math.max(1, width.get() - first);
            double peer = vipsCpuSeconds(context.scratch(), photo, format, first);
            if (i >= 0) {
                own[i] = rate;
                cpu[i] = used / made;
                peerCpu[i] = peer;
            }
        }
        double[] ratio = new double[rounds];
        for (int i = 0; i < rounds; i++) {
            ratio[i] = cpu[i] / peerCpu[i];
        }
        String peer = "vipsthumbnail";
        context.report().add(Figure.median(format + "_rate", "pictures/s", own));
        context.report().add(Figure.median(format + "_cpu", "s/picture", cpu).against(peer));
        context.report()
                .add(Figure.median(format + "_cpu_peer", "s/picture", peerCpu).against(peer));
        context.report().add(Figure.median(format + "_cpu_ratio", "", ratio).against(peer));
    }

    private static Throughput.Work resizer(ApplianceBox box, String format, AtomicInteger width) {
        HttpConnection connection = new HttpConnection(ApplianceBox.HOST, box.downloadPort(), false, TIMEOUT);
        return new Throughput.Work() {
            @Override
            public void once() throws IOException {
                String target =
                        "/" + BUCKET + "/photo.jpg?imageView2/2/w/" + width.getAndIncrement() + "/format/" + format;
                String signed = box.urls()
                        .sign(connection.authority(), target, Instant.now().plus(Duration.ofHours(1)));
                HttpReply reply = connection.exchange("GET", signed, Map.of(), new byte[0]);
                if (reply.status() != 200) {
                    throw new IOException("status " + reply.status() + ": " + reply.excerpt(200));
                }
            }

            @Override
            public void close() throws IOException {
                connection.close();
            }
        };
    }

    /** {@return processor seconds of the appliance and its worker processes so far} */
    private static double cpuSeconds(long pid) throws IOException {
        Optional<ProcessHandle> process = ProcessHandle.of(pid);
        if (process.isEmpty()) {
            throw new IOException("The appliance is not running.");
        }
        Duration total = process.get().info().totalCpuDuration().orElse(Duration.ZERO);
        for (ProcessHandle child : process.get().descendants().toList()) {
            total = total.plus(child.info().totalCpuDuration().orElse(Duration.ZERO));
        }
        return total.toMillis() / 1000.0;
    }

    /** {@return processor seconds of one picture made by the command line of libvips, start of the program included} */
    private static double vipsCpuSeconds(Path folder, Path photo, String format, int width)
            throws IOException, InterruptedException {
        Path shell = folder.resolve("vips.sh");
        Files.writeString(
                shell,
                "for i in 1 2 3 4 5; do vipsthumbnail \"$1\" --size $(($2 + i))x -o \"$3[Q=75]\" || exit 1; done; times");
        String times = Program.named("bash")
                .arguments(
                        shell.toString(),
                        photo.toString(),
                        Integer.toString(width),
                        folder.resolve("peer." + format).toString())
                .run(PEER_LIMIT)
                .orFail("vipsthumbnail")
                .output();
        String children = times.lines().reduce((a, b) -> b).orElse("");
        double seconds = 0;
        for (String each : children.split(" ")) {
            String[] parts = each.replace("s", "").split("m");
            seconds += 60 * Double.parseDouble(parts[0]) + Double.parseDouble(parts[1]);
        }
        return seconds / 5;
    }
}
