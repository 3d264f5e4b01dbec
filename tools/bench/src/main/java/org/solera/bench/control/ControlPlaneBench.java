// SPDX-License-Identifier: Apache-2.0
package org.solera.bench.control;

import java.io.IOException;
import java.time.Duration;
import org.solera.bench.BenchContext;
import org.solera.bench.Benchmark;
import org.solera.bench.appliance.ApplianceBox;

/** What the most used resources cost, and what console sessions that watch cost the data plane. */
public final class ControlPlaneBench implements Benchmark {
    @Override
    public String name() {
        return "control-plane";
    }

    @Override
    public String summary() {
        return "the ten most used resources with 50 clients; S3 while 50 console sessions watch"
                + "  [--clients N] [--seconds N] [--pairs N]";
    }

    @Override
    public void run(BenchContext context) throws IOException, InterruptedException {
        int clients = context.options().number("clients", 50);
        Duration duration = Duration.ofSeconds(context.options().number("seconds", 6));
        int pairs = context.options().number("pairs", 5);
        try (ApplianceBox box =
                ApplianceBox.boot(context.repository(), context.scratch().resolve("data"))) {
            new Resources(box, context.report()).measure(clients, duration);
            new Watching(box, context.report()).measure(clients, pairs, duration);
        }
    }
}
