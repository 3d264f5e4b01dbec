// SPDX-License-Identifier: Apache-2.0
package org.solera.bench.speed;

import java.io.IOException;
import java.util.Map;
import org.solera.bench.BenchContext;
import org.solera.bench.Benchmark;
import org.solera.bench.Figure;
import org.solera.bench.appliance.ApplianceBox;
import org.solera.bench.appliance.ProcessTable;

/** How long a run without changes takes to be ready, and how much memory the idle appliance holds. */
public final class BootBench implements Benchmark {
    private static final double MOST_SECONDS = 12;
    private static final double MOST_MIB = 450;
    private static final long IDLE_MILLIS = 10_000;

    @Override
    public String name() {
        return "boot";
    }

    @Override
    public String summary() {
        return "a run without changes: seconds to ready, resident memory when idle  [--rounds N]";
    }

    @Override
    public void run(BenchContext context) throws IOException, InterruptedException {
        int rounds = context.options().number("rounds", 5);
        double[] seconds = new double[rounds];
        double[] mebibytes = new double[rounds];
        try (ApplianceBox box = ApplianceBox.boot(
                context.repository(),
                context.scratch().resolve("data"),
                Map.of("SOLERA_BUILD", System.getenv().getOrDefault("SOLERA_BUILD", "yes")))) {
            for (int i = 0; i < rounds; i++) {
                box.stop();
                long start = System.nanoTime();
                box.start();
                seconds[i] = (System.nanoTime() - start) / 1e9;
                Thread.sleep(IDLE_MILLIS);
                mebibytes[i] = ProcessTable.usage(box.pid()).residentKib() / 1024.0;
                context.report().say(String.format("Run %d: %.1f s, %.0f MiB", i + 1, seconds[i], mebibytes[i]));
            }
        }
        context.report().add(Figure.median("ready_after", "s", seconds).atMost(MOST_SECONDS));
        context.report().add(Figure.median("resident_idle", "MiB", mebibytes).atMost(MOST_MIB));
    }
}
