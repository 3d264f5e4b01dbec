// SPDX-License-Identifier: Apache-2.0
package org.solera.bench.job;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.solera.bench.Figure;
import org.solera.bench.Report;
import org.solera.bench.appliance.ApplianceBox;
import org.solera.bench.client.AwsClient;
import org.solera.bench.client.Digests;
import org.solera.bench.client.HttpConnection;
import org.solera.bench.client.HttpReply;
import org.solera.bench.client.RestClient;
import org.solera.bench.client.WebpFacts;

/** What people buy the appliance for, once, on a running one. Confined to one thread. */
public final class MainJob {
    private static final String BUCKET = "main-job";
    private static final int WIDTH = 400;
    private static final Duration TIMEOUT = Duration.ofSeconds(60);

    private final ApplianceBox box;
    private final Report report;
    private final AwsClient aws;

    /** Works on an appliance that is ready. */
    public MainJob(ApplianceBox box, Report report) {
        this.box = box;
        this.report = report;
        this.aws = new AwsClient(box.s3Port(), box.signer());
    }

    /**
     * Does everything in turn.
     *
     * @param files photographs and videos
     * @param scratch an empty folder
     */
    public void run(List<Path> files, Path scratch) throws IOException, InterruptedException {
        List<String> changed = storeAndReadBack(files, Files.createDirectories(scratch.resolve("back")));
        report.add(Figure.of("files_stored", "", files.size()).atLeast(1));
        report.add(Figure.of("files_changed", "", changed.size()).atMost(0));
        changed.forEach(report::say);
        List<Path> photos = files.stream()
                .filter(f -> f.toString().matches(".*\\.(jpe?g|png)"))
                .toList();
        int served = 0;
        for (Path photo : photos) {
            served += resize(photo.getFileName().toString()) ? 1 : 0;
        }
        report.add(Figure.of("pictures_served", "", served).atLeast(photos.size()));
        hardware();
        refusedFeature();
    }

    private List<String> storeAndReadBack(List<Path> files, Path back) throws IOException, InterruptedException {
        List<String> changed = new ArrayList<>();
        long bytes = 0;
        aws.must("s3", "mb", "s3://" + BUCKET);
        double storeSeconds = 0;
        double readSeconds = 0;
        for (Path file : files) {
            String address = "s3://" + BUCKET + "/" + file.getFileName();
            long start = System.nanoTime();
            aws.must("s3", "cp", "--only-show-errors", file.toString(), address);
            long stored = System.nanoTime();
            Path copy = back.resolve(file.getFileName());
            aws.must("s3", "cp", "--only-show-errors", address, copy.toString());
            storeSeconds += (stored - start) / 1e9;
            readSeconds += (System.nanoTime() - stored) / 1e9;
            bytes += Files.size(file);
            String hash = Digests.sha256(Files.readAllBytes(file));
            if (hash.equals(Digests.sha256(Files.readAllBytes(copy)))) {
                report.say("Stored and read back " + file.getFileName() + ", " + Files.size(file) + " bytes, SHA-256 "
                        + hash);
            } else {
                changed.add(file.getFileName() + " came back with other bytes");
            }
        }
        String listing = aws.must("s3", "ls", "s3://" + BUCKET + "/");
        for (Path file : files) {
            if (!listing.contains(" " + file.getFileName())) {
                changed.add(file.getFileName() + " is missing from the listing");
            }
        }
        report.add(Figure.of("stored", "MB", bytes / 1e6));
        report.add(Figure.of("store_time", "s", storeSeconds));
        report.add(Figure.of("read_time", "s", readSeconds));
        return changed;
    }

    private boolean resize(String name) throws IOException {
        try (HttpConnection connection = new HttpConnection(ApplianceBox.HOST, box.downloadPort(), false, TIMEOUT)) {
            String target = "/" + BUCKET + "/" + name + "?imageView2/2/w/" + WIDTH + "/format/webp";
            long start = System.nanoTime();
            HttpReply reply = connection.exchange(
                    "GET",
                    box.urls()
                            .sign(connection.authority(), target, Instant.now().plus(Duration.ofHours(1))),
                    Map.of(),
                    new byte[0]);
            long millis = (System.nanoTime() - start) / 1_000_000;
            Optional<WebpFacts> facts = WebpFacts.read(reply.body());
            if (reply.status() != 200 || facts.isEmpty() || facts.get().width() != WIDTH) {
                report.say("No WebP of width " + WIDTH + " from " + name + ": status " + reply.status() + ", "
                        + facts.map(WebpFacts::toString).orElse(reply.excerpt(200)));
                return false;
            }
            report.say("Served " + name + " as WebP of " + facts.get().width() + " by "
                    + facts.get().height() + " pixels, " + reply.body().length + " bytes, in " + millis + " ms");
            return true;
        }
    }

    private void hardware() throws IOException {
        try (RestClient rest = box.rest()) {
            JsonNode inventory = rest.json("/hardware/inventory");
            JsonNode profile = rest.json("/hardware/profile");
            report.say("Hardware: " + inventory);
            report.say("Profile: " + profile);
            report.add(Figure.of("hardware_facts", "", inventory.size()).atLeast(1));
        }
    }

    private void refusedFeature() throws IOException {
        GpuFeature feature = new GpuFeature(box);
        feature.offer();
        GpuFeature.Verdict verdict = feature.verdict();
        report.say(verdict.runnable() ? "This box has a GPU that the example feature can use." : verdict.reason());
        boolean explained = verdict.runnable() || verdict.reason().contains("GPU");
        report.add(Figure.of("feature_judged_in_words", "", explained ? 1 : 0).atLeast(1));
    }
}
