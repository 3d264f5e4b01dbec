// SPDX-License-Identifier: Apache-2.0
package org.solera.bench.kill;

import java.io.IOException;
import org.solera.bench.BenchContext;
import org.solera.bench.Benchmark;
import org.solera.bench.Figure;

/** Kills the appliance at random moments while four clients change who may do what. */
public final class ControlKillBench implements Benchmark {
    @Override
    public String name() {
        return "control-kill";
    }

    @Override
    public String summary() {
        return "kill -9 during 1,000 changes of the control plane: nothing half done, audit whole  [--rounds N] [--changes N]";
    }

    @Override
    public void run(BenchContext context) throws IOException, InterruptedException {
        int rounds = context.options().number("rounds", 5);
        int changes = context.options().number("changes", 200);
        ControlKillRun.Outcome outcome = new ControlKillRun(context, rounds, changes).run();
        context.report()
                .add(Figure.of("changes_acknowledged", "", outcome.acknowledged())
                        .atLeast(1));
        context.report().add(Figure.of("changes_cut_off", "", outcome.cutOff()));
        context.report()
                .add(Figure.of("changes_lost_or_half_done", "", outcome.wrong().size())
                        .atMost(0));
        context.report()
                .add(Figure.of("changes_in_the_audit", "", outcome.recorded()).atLeast(outcome.acknowledged()));
        context.report()
                .add(Figure.of("wishes_without_outcome", "", outcome.open()).atMost(0));
        context.report()
                .add(Figure.of("audit_chain_broken", "", outcome.chain().isEmpty() ? 0 : 1)
                        .atMost(0));
        outcome.wrong().forEach(context.report()::say);
        if (!outcome.chain().isEmpty()) {
            context.report().say(outcome.chain());
        }
    }
}
