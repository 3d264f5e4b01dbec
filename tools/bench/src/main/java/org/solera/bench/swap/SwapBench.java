// SPDX-License-Identifier: Apache-2.0
package org.solera.bench.swap;

import java.io.IOException;
import org.solera.bench.BenchContext;
import org.solera.bench.Benchmark;

/** Replaces bundles again and again while clients work, broken versions in between. */
public final class SwapBench implements Benchmark {
    @Override
    public String name() {
        return "swap";
    }

    @Override
    public String summary() {
        return "replace bundles under load, good and broken ones; restart; deleted cache"
                + "  [--rounds N] [--clients N] [--seconds N] [--bundles A,B] [--broken few]";
    }

    @Override
    public void run(BenchContext context) throws IOException, InterruptedException {
        new SwapRun(context.repository(), context.scratch(), context.report(), SwapSettings.from(context.options()))
                .run();
    }
}
