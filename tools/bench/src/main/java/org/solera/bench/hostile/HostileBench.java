// SPDX-License-Identifier: Apache-2.0
package org.solera.bench.hostile;

import java.io.IOException;
import java.util.Locale;
import java.util.Map;
import org.solera.bench.BenchContext;
import org.solera.bench.Benchmark;
import org.solera.bench.Figure;
import org.solera.bench.Samples;
import org.solera.bench.appliance.ApplianceBox;

/** Malformed requests to every port: each gets a clear error, the appliance stays ready. */
public final class HostileBench implements Benchmark {
    private static final int FEWEST_PER_EDGE = 20;

    @Override
    public String name() {
        return "hostile";
    }

    @Override
    public String summary() {
        return "malformed requests to every port: a clear error each, the appliance stays ready";
    }

    @Override
    public void run(BenchContext context) throws IOException, InterruptedException {
        try (ApplianceBox box =
                ApplianceBox.boot(context.repository(), context.scratch().resolve("data"))) {
            HostileRun.Outcome outcome = new HostileRun(box, Samples.photo()).run();
            for (Map.Entry<Edge, Integer> each : outcome.sent().entrySet()) {
                String edge = each.getKey().name().toLowerCase(Locale.ROOT);
                context.report()
                        .add(Figure.of("requests_" + edge, "", each.getValue()).atLeast(FEWEST_PER_EDGE));
            }
            outcome.wrong().forEach(context.report()::say);
            context.report()
                    .add(Figure.of("wrong_answers", "", outcome.wrong().size()).atMost(0));
            context.report().add(Figure.of("not_ready", "", outcome.notReady()).atMost(0));
        }
    }
}
