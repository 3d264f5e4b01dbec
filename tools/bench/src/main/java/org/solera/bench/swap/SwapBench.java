// SPDX-License-Identifier: Apache-2.0
package org.solera.bench.swap;

import java.io.IOException;
import java.util.List;
import org.solera.bench.BenchContext;
import org.solera.bench.Benchmark;

/** Replaces bundles again and again while clients work, broken versions in between. */
public final class SwapBench implements Benchmark {
    private final String name;
    private final String what;
    private final List<String> bundles;
    private final int rounds;

    private SwapBench(String name, String what, List<String> bundles, int rounds) {
        this.name = name;
        this.what = what;
        this.bundles = bundles;
        this.rounds = rounds;
    }

    /** {@return swaps of the bundles of the data plane} */
    public static SwapBench ofDataPlane() {
        return new SwapBench(
                "swap",
                "replace bundles under load, good and broken ones; restart; deleted cache",
                List.of("storage-s3", "storage-engine", "media-image", "media-fop", "storage-rest"),
                10);
    }

    /** {@return swaps of every REST bundle and of the console} */
    public static SwapBench ofControlPlane() {
        return new SwapBench(
                "swap-console",
                "the same for each REST bundle and the console",
                List.of(
                        "platform-system-rest",
                        "platform-users-rest",
                        "platform-audit-rest",
                        "platform-rest",
                        "storage-rest",
                        "media-rest",
                        "hardware-rest",
                        "upgrade-rest",
                        "web-console"),
                3);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public String summary() {
        return what + "  [--rounds N] [--clients N] [--seconds N] [--bundles A,B] [--broken few]";
    }

    @Override
    public void run(BenchContext context) throws IOException, InterruptedException {
        new SwapRun(
                        context.repository(),
                        context.scratch(),
                        context.report(),
                        SwapSettings.from(context.options(), bundles, rounds))
                .run();
    }
}
