// SPDX-License-Identifier: Apache-2.0
package org.solera.bench.kill;

import java.io.IOException;
import org.solera.bench.BenchContext;
import org.solera.bench.Benchmark;
import org.solera.bench.Figure;

/** Kills the appliance at random moments while four clients write. */
public final class KillBench implements Benchmark {
    @Override
    public String name() {
        return "kill";
    }

    @Override
    public String summary() {
        return "kill -9 during PUTs: nothing acknowledged may be lost  [--rounds N] [--puts N]";
    }

    @Override
    public void run(BenchContext context) throws IOException, InterruptedException {
        int rounds = context.options().number("rounds", 10);
        int puts = context.options().number("puts", 200);
        KillRun.Outcome outcome = new KillRun(context, rounds, puts).run();
        context.report().add(Figure.of("kills", "", outcome.kills()).atLeast(rounds));
        context.report().add(Figure.of("puts_acknowledged", "", outcome.acknowledged()));
        context.report().add(Figure.of("puts_cut_off", "", outcome.cutOff()));
        context.report()
                .add(Figure.of("objects_wrong_or_lost", "", outcome.wrong().size())
                        .atMost(0));
        context.report()
                .add(Figure.of("processes_left", "", outcome.left().size()).atMost(0));
        context.report().add(Figure.median("ready_after_kill", "s", outcome.readySeconds()));
        outcome.wrong().forEach(context.report()::say);
        outcome.left().forEach(context.report()::say);
    }
}
