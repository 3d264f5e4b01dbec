// SPDX-License-Identifier: Apache-2.0
package org.solera.bench.swap;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.solera.bench.Figure;
import org.solera.bench.Report;
import org.solera.bench.Samples;
import org.solera.bench.appliance.ApplianceBox;
import org.solera.bench.appliance.ProcessTable;
import org.solera.bench.appliance.RecordedMachine;
import org.solera.bench.load.Load;
import org.solera.bench.load.LoadStatistics;
import org.solera.bench.load.LoadStatistics.Phase;
import org.solera.bench.load.Operation;

/** One run: load, swaps, broken swaps, leaks, then everything that might bring an old bundle back. */
public final class SwapRun {
    private static final double MOST_ADDED_MILLIS = 500;
    private static final double LONGEST_MILLIS = 3_000;
    /** Rounds after which threads and files are taken as the level; the first swaps load classes and open pools. */
    private static final int LEVEL_AFTER_ROUNDS = 2;

    private static final int MORE_THREADS = 8;
    private static final int MORE_FILES = 16;
    private static final int BROKEN_PATCH = 900;

    private final Path repository;
    private final Path scratch;
    private final Report report;
    private final SwapSettings settings;
    private final List<String> unexpected = new ArrayList<>();
    private int swaps;
    private int refused;

    /** @param scratch an empty folder */
    public SwapRun(Path repository, Path scratch, Report report, SwapSettings settings) {
        this.repository = repository;
        this.scratch = scratch;
        this.report = report;
        this.settings = settings;
    }

    /** Runs everything and reports. */
    public void run() throws IOException, InterruptedException {
        RecordedMachine machine = new RecordedMachine(repository, scratch.resolve("machine"));
        machine.become("vm-x86_64");
        try (ApplianceBox box = ApplianceBox.boot(repository, scratch.resolve("data"), machine.environment());
                Load load = Load.start(box, settings.clients(), Samples.photo())) {
            underLoad(box, load);
            load.stop();
            latency(load.statistics());
            List<String> lost = load.lost();
            report.add(Figure.of("objects_acknowledged", "", load.objects()));
            report.add(Figure.of("objects_lost", "", lost.size()).atMost(0));
            lost.stream().limit(20).forEach(report::say);
            new Persistence(box, report, load, machine).check();
        }
        unexpected.forEach(report::say);
        report.add(Figure.of("swaps", "", swaps)
                .atLeast((double) settings.rounds() * settings.artifacts().size()));
        report.add(Figure.of("broken_versions_refused", "", refused));
        report.add(Figure.of("unexpected_verdicts", "", unexpected.size()).atMost(0));
    }

    private void underLoad(ApplianceBox box, Load load) throws IOException, InterruptedException {
        LoadStatistics statistics = load.statistics();
        Thread.sleep(settings.warmUp().toMillis());
        statistics.enter(Phase.QUIET, "nothing changes");
        Thread.sleep(settings.quiet().toMillis());
        report.say(statistics.count(Phase.QUIET) + " requests in the quiet phase, " + statistics.failureCount()
                + " failed so far");
        LeakProbe probe = new LeakProbe(box.pid());
        Usage level = Usage.of(probe);
        int brokenAfter = Math.max(1, settings.rounds() / 2);
        for (int round = 1; round <= settings.rounds(); round++) {
            for (String artifact : settings.artifacts()) {
                replace(box, statistics, artifact, "1.0." + round);
            }
            if (round == brokenAfter) {
                breakAll(box, statistics);
            }
            if (round == LEVEL_AFTER_ROUNDS) {
                // A full collection stops everything; that is no part of a swap.
                statistics.enter(Phase.UNTIMED, "class loaders are counted");
                probe.loaders(packages());
                level = Usage.of(probe);
            }
            report.say("Round " + round + ": " + statistics.count(Phase.BUSY) + " requests while bundles were swapped, "
                    + statistics.failureCount() + " failed so far");
        }
        statistics.enter(Phase.UNTIMED, "class loaders are counted");
        leaks(probe, level);
    }

    private void replace(ApplianceBox box, LoadStatistics statistics, String artifact, String version)
            throws IOException {
        Path file = scratch.resolve(artifact + "-" + version + ".jar");
        BundleVariants.version(shipped(artifact), version, file);
        statistics.enter(Phase.BUSY, "swapping " + artifact + " to " + version);
        long start = System.nanoTime();
        SwapClient.Verdict verdict = new SwapClient(box).swap(file);
        long millis = (System.nanoTime() - start) / 1_000_000;
        Files.delete(file);
        if (verdict.done()) {
            swaps++;
            report.say("Swapped " + artifact + " to " + version + " in " + millis + " ms");
        } else {
            unexpected.add("The swap of " + artifact + " to " + version + " was not done: " + verdict.words());
        }
    }

    private void breakAll(ApplianceBox box, LoadStatistics statistics) throws IOException {
        Defect[] defects = Defect.values();
        int number = 0;
        for (int i = 0; i < settings.artifacts().size(); i++) {
            for (int j = 0; j < defects.length; j++) {
                if (settings.everyDefectEverywhere() || j % settings.artifacts().size() == i) {
                    refuse(
                            box,
                            statistics,
                            settings.artifacts().get(i),
                            defects[j],
                            "1.0." + (BROKEN_PATCH + number++));
                }
            }
        }
    }

    private void refuse(ApplianceBox box, LoadStatistics statistics, String artifact, Defect defect, String version)
            throws IOException {
        Path file = scratch.resolve(artifact + "-" + version + ".jar");
        BundleVariants.broken(shipped(artifact), version, defect, file);
        SwapClient client = new SwapClient(box);
        List<String> before = client.bundles();
        statistics.enter(Phase.BUSY, "offering " + artifact + " " + version + " that " + defect.words());
        SwapClient.Verdict verdict = client.swap(file);
        Files.delete(file);
        List<String> after = client.bundles();
        String what = artifact + " " + version + " that " + defect.words();
        if (verdict.done()) {
            unexpected.add(what + " was accepted: " + verdict.words());
        } else if (!after.equals(before)) {
            unexpected.add(
                    what + " was refused and left other bundles behind: " + BundleLists.difference(before, after));
        } else {
            refused++;
            report.say("Refused " + what + ": " + verdict.words());
        }
    }

    private Path shipped(String artifact) throws IOException {
        Path file = repository.resolve("appliance-image/assembly/target/assembly/system/org/solera/" + artifact
                + "/1.0.0/" + artifact + "-1.0.0.jar");
        if (!Files.isReadable(file)) {
            throw new IOException("The distribution holds no bundle " + artifact + " at " + file + ".");
        }
        return file;
    }

    private List<String> packages() {
        return settings.artifacts().stream()
                .map(a -> "org.solera." + a.replace('-', '.') + ".internal")
                .toList();
    }

    private void latency(LoadStatistics statistics) {
        double worstAdded = 0;
        double longest = 0;
        for (Operation operation : Operation.values()) {
            double quiet = statistics.samples(Phase.QUIET, operation).quantileMillis(0.999);
            double busy = statistics.samples(Phase.BUSY, operation).quantileMillis(0.999);
            double most = statistics.samples(Phase.BUSY, operation).quantileMillis(1);
            String name = operation.name().toLowerCase(Locale.ROOT);
            report.add(Figure.of(name + "_quiet_p999", "ms", quiet));
            report.add(Figure.of(name + "_swaps_p999", "ms", busy));
            report.add(Figure.of(name + "_swaps_max", "ms", most));
            worstAdded = Math.max(worstAdded, busy - quiet);
            longest = Math.max(longest, most);
        }
        report.add(Figure.of("requests_quiet", "", statistics.count(Phase.QUIET)));
        report.add(Figure.of("requests_swaps", "", statistics.count(Phase.BUSY)));
        report.add(Figure.of("failed_requests", "", statistics.failureCount()).atMost(0));
        report.add(Figure.of("added_latency_p999", "ms", worstAdded).atMost(MOST_ADDED_MILLIS));
        report.add(Figure.of("longest_request", "ms", longest).atMost(LONGEST_MILLIS));
        statistics.failures().forEach(report::say);
        statistics.slowest().forEach(each -> report.say("Slow: " + each));
    }

    private void leaks(LeakProbe probe, Usage level) throws IOException, InterruptedException {
        Map<String, Integer> loaders = probe.settledLoaders(packages());
        Usage now = Usage.of(probe);
        report.say("Class loaders by package: " + loaders);
        report.say("Level before: " + level + ", now: " + now);
        report.add(Figure.of("class_loaders_kept", "", LeakProbe.superfluous(loaders))
                .atMost(LeakProbe.HELD_BY_JAVA));
        report.add(
                Figure.of("threads_more", "", now.threads() - level.threads()).atMost(MORE_THREADS));
        report.add(Figure.of("open_files_more", "", now.files() - level.files()).atMost(MORE_FILES));
    }

    /** The lowest of several looks, because requests under way hold threads and files for a moment. */
    private record Usage(int threads, int files, long residentMib) {
        private static final int LOOKS = 10;
        private static final long PAUSE_MILLIS = 200;

        static Usage of(LeakProbe probe) throws IOException, InterruptedException {
            int threads = Integer.MAX_VALUE;
            int files = Integer.MAX_VALUE;
            long resident = Long.MAX_VALUE;
            for (int i = 0; i < LOOKS; i++) {
                ProcessTable.Usage usage = probe.usage();
                threads = Math.min(threads, usage.threads());
                files = Math.min(files, usage.openFiles());
                resident = Math.min(resident, usage.residentKib() / 1024);
                Thread.sleep(PAUSE_MILLIS);
            }
            return new Usage(threads, files, resident);
        }
    }
}
