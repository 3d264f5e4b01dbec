// SPDX-License-Identifier: Apache-2.0
package org.solera.bench.swap;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.solera.bench.Figure;
import org.solera.bench.Report;
import org.solera.bench.appliance.ApplianceBox;
import org.solera.bench.appliance.Polling;
import org.solera.bench.appliance.RecordedMachine;
import org.solera.bench.client.HttpReply;
import org.solera.bench.client.RestClient;
import org.solera.bench.load.Load;

/** Does what brings replaced bundles back where the record is not kept: restart, feature operation, deleted cache. */
final class Persistence {
    private static final Duration SETTLE_LIMIT = Duration.ofSeconds(30);

    private final ApplianceBox box;
    private final Report report;
    private final Load load;
    private final RecordedMachine machine;

    Persistence(ApplianceBox box, Report report, Load load, RecordedMachine machine) {
        this.box = box;
        this.report = report;
        this.load = load;
        this.machine = machine;
    }

    void check() throws IOException, InterruptedException {
        List<String> before = new SwapClient(box).bundles();
        box.stop();
        box.start();
        compare("restart", before);
        gainAGpu();
        compare("feature_operation", before);
        box.stop();
        delete(box.data().resolve("karaf/data/cache"));
        box.start();
        compare("deleted_cache", before);
    }

    /** A change of hardware facts replaces a generated feature, which has the resolver look at everything again. */
    private void gainAGpu() throws IOException {
        machine.become("gpu-x86_64");
        try (RestClient rest = box.rest()) {
            HttpReply probed = rest.send("POST", "/hardware/probe", "application/json", new byte[0]);
            String capabilities =
                    rest.json("/hardware/profile").path("capabilities").toString();
            report.add(Figure.of("feature_operation_took_effect", "", capabilities.contains("solera.gpu") ? 1 : 0)
                    .atLeast(1));
            if (probed.status() >= 300) {
                report.say("The probe got status " + probed.status() + ": " + probed.excerpt(300));
            }
        }
    }

    private void compare(String after, List<String> before) throws IOException, InterruptedException {
        SwapClient client = new SwapClient(box);
        boolean same = Polling.within(SETTLE_LIMIT, () -> client.bundles().equals(before));
        if (!same) {
            report.say("After " + after + ": " + BundleLists.difference(before, client.bundles()));
        }
        report.add(Figure.of("same_bundles_after_" + after, "", same ? 1 : 0).atLeast(1));
        report.add(
                Figure.of("objects_lost_after_" + after, "", load.lost().size()).atMost(0));
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
